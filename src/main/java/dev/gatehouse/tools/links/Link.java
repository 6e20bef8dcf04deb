package dev.gatehouse.tools.links;

import dev.gatehouse.tools.links.LinkFacts.Ending;
import org.jspecify.annotations.Nullable;

/** A URL with its fragment, as links name it. */
final class Link {

    /** Identifies its row, and its places. */
    final int number;

    final String url;

    /** Null where it leads to nothing that can be requested. */
    final @Nullable LinkTarget target;

    final @Nullable String fragment;

    /** Why it is not requested, where its text alone tells. */
    final @Nullable Ending unrequested;

    int places;

    /** Whether a place says {@code http:} itself. */
    boolean saysHttp;

    /** Whether a place is anything but a form with POST. */
    boolean isRead;

    /** The hash of the row that was written last, or 0. */
    int written;

    /** A link to a target. */
    Link(int number, String url, LinkTarget target, @Nullable String fragment) {
        this.number = number;
        this.url = url;
        this.target = target;
        this.fragment = fragment;
        this.unrequested = null;
    }

    /** A link that leads to nothing that can be requested. */
    Link(int number, String url, Ending unrequested) {
        this.number = number;
        this.url = url;
        this.target = null;
        this.fragment = null;
        this.unrequested = unrequested;
    }
}
