package dev.gatehouse.tools.links;

import dev.gatehouse.tools.crawl.FetchPurpose;
import dev.gatehouse.tools.links.LinkFacts.Ending;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A URL without fragment, and what its response was: about 200 bytes beside its text. */
final class LinkTarget {

    /** Without fragment. */
    final String url;

    /** The links to it: one, and one for each fragment. */
    final List<Link> links = new ArrayList<>(1);

    /** How its request ended, or null before that, and where it was a redirect. */
    @Nullable Ending ending;

    /** Where it redirects to, or null. */
    @Nullable LinkTarget redirect;

    int redirectStatus;

    /** Those that were seen to redirect to it. */
    List<LinkTarget> redirectSources = List.of();

    /** The fragment of its {@code Location}, or null. */
    @Nullable String redirectFragment;

    /** The media type, empty before the response. */
    String mediaType = "";

    /** Of the page, where its body was read and fragments are checked. */
    @Nullable Anchors anchors;

    /** Of the page, where its host needs it: soft 404s, or a comparison with https. */
    @Nullable PageSignature signature;

    /** What the crawl was asked for, or null where it was not. */
    @Nullable FetchPurpose asked;

    /** Whether what it answered with is the page for paths that do not exist. */
    boolean isSoft404;

    LinkTarget(String url) {
        this.url = url;
    }

    void addRedirectSource(LinkTarget source) {
        if (redirectSources.isEmpty()) {
            redirectSources = new ArrayList<>(1);
        }
        redirectSources.add(source);
    }

    /** Whether there was a response or failure. */
    boolean isVisited() {
        return ending != null || redirect != null;
    }

    /** Whether it answered with a page or file. */
    boolean isThere() {
        return ending instanceof LinkFacts.Answered(int status, String challenge)
                && challenge == null
                && status >= 200
                && status < 300;
    }

    /** The same of HTML. */
    boolean isPage() {
        return isThere() && mediaType.contains("html");
    }
}
