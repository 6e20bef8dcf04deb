package dev.gatehouse.tools.html;

import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Scheme;
import java.util.Optional;

/** What a site over HTTPS still names by plain HTTP; each tool reports it under the same id. */
public enum PlainHttp {
    /** A resource that browsers block (W3C Mixed Content). */
    MIXED_CONTENT_ACTIVE("mixed-content-active"),
    /** A resource that browsers load over HTTPS, or show with a warning. */
    MIXED_CONTENT_PASSIVE("mixed-content-passive"),
    INSECURE_FORM("insecure-form"),
    CANONICAL("canonical-http"),
    HREFLANG("hreflang-http"),
    OG_URL("og-url-http"),
    SITEMAP("sitemap-http"),
    ROBOTS("robots-http");

    private final String id;

    PlainHttp(String id) {
        this.id = id;
    }

    /** The id of its finding. */
    public String id() {
        return id;
    }

    /**
     * What a reference of that page is, if anything. Metadata counts where it names the page's own
     * host: that this host answers HTTPS, the page itself shows.
     */
    public static Optional<PlainHttp> of(HttpUrl page, Reference reference) {
        return page.scheme() == Scheme.HTTPS && reference.isPlainHttp()
                ? ofKind(reference.kind())
                        .filter(found -> !found.isMetadata() || isOwn(page, reference))
                : Optional.empty();
    }

    private boolean isMetadata() {
        return this == CANONICAL || this == HREFLANG || this == OG_URL;
    }

    private static boolean isOwn(HttpUrl page, Reference reference) {
        return reference.url().map(HttpUrl::host).equals(Optional.of(page.host()));
    }

    /** What a reference of that kind is where it leads to plain HTTP. */
    public static Optional<PlainHttp> ofKind(Reference.Kind kind) {
        return switch (kind) {
            case FRAME, SCRIPT, STYLESHEET, FONT, PRELOAD, OBJECT, IMAGE_SET ->
                    Optional.of(MIXED_CONTENT_ACTIVE);
            case IMAGE, MEDIA -> Optional.of(MIXED_CONTENT_PASSIVE);
            case FORM, FORM_POST -> Optional.of(INSECURE_FORM);
            case CANONICAL -> Optional.of(CANONICAL);
            case ALTERNATE -> Optional.of(HREFLANG);
            case SOCIAL -> Optional.of(OG_URL);
            case NAVIGATION, DOCUMENT, REFRESH, STRUCTURED_DATA -> Optional.empty();
        };
    }
}
