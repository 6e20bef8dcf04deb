package dev.gatehouse.tools.html;

import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Scheme;
import java.util.Optional;

/**
 * A reference of a page or style sheet to another resource, and its place.
 *
 * @param written as it stands there, without spaces around it, at most 2,048 characters of it
 * @param target what it leads to, resolved against the base URL
 * @param line from 1: that of the element, in a style sheet or script that of the reference
 * @param column from 1
 * @param element in lower case; {@code style} in a style sheet
 * @param attribute in lower case; in a style sheet {@code url()} or {@code @import}, in JSON-LD the
 *     property
 * @param text the link text, or the alternative text of an image; at most 120 characters
 */
public record Reference(
        Kind kind,
        String written,
        HttpUrl.Resolved target,
        int line,
        int column,
        String element,
        String attribute,
        String text) {

    /** What a reference is for. */
    public enum Kind {
        /** A link that a visitor follows: {@code a}, {@code area}. */
        NAVIGATION,
        /** A page that {@code link} or {@code cite} names. */
        DOCUMENT,
        /** The target of a {@code refresh} pragma. */
        REFRESH,
        /** The canonical URL. */
        CANONICAL,
        /** Another language, format or feed of the page. */
        ALTERNATE,
        /** A URL of OpenGraph or Twitter card metadata. */
        SOCIAL,
        /** A URL of structured data. */
        STRUCTURED_DATA,
        /** The target of a form that is sent by GET. */
        FORM,
        /** The target of a form that is sent by POST. */
        FORM_POST,
        FRAME,
        SCRIPT,
        STYLESHEET,
        FONT,
        /** What {@code link} preloads, and the manifest. */
        PRELOAD,
        /** {@code object} and {@code embed}. */
        OBJECT,
        /** An image that browsers load over HTTPS where it says HTTP. */
        IMAGE,
        /** A candidate of {@code srcset}, which browsers do not upgrade. */
        IMAGE_SET,
        /** Audio, video, and subtitles. */
        MEDIA
    }

    /** The http or https URL that it leads to. */
    public Optional<HttpUrl> url() {
        return target instanceof HttpUrl.Http(var url) ? Optional.of(url) : Optional.empty();
    }

    /** Whether it leads to plain HTTP, whatever the page's own scheme. */
    public boolean isPlainHttp() {
        return target instanceof HttpUrl.Http(var url) && url.scheme() == Scheme.HTTP;
    }

    /** Whether the reference itself says {@code http:}, rather than taking it from the page. */
    public boolean saysHttp() {
        return isPlainHttp() && written.regionMatches(true, 0, "http:", 0, 5);
    }

    /** Whether the target is a page that visitors see, rather than a part of this one. */
    public boolean isNavigable() {
        return switch (kind) {
            case NAVIGATION, REFRESH, FRAME, DOCUMENT, CANONICAL, ALTERNATE -> true;
            default -> false;
        };
    }
}
