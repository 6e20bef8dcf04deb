package dev.gatehouse.tools.links;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one origin: how it answers for what does not exist, and whether over https. */
final class SiteHost {

    /** How it answers a path that does not exist. */
    enum Missing {
        /** It was not requested yet. */
        NOT_ASKED,
        ASKED,
        /** With an error, as it should; or nothing can be said. */
        AS_ERROR,
        /** With 200 and a page. */
        AS_PAGE,
        /** With a redirect to a page. */
        AS_REDIRECT
    }

    /** Whether https answers the same as http. */
    enum Https {
        NOT_ASKED,
        ASKED,
        SAME,
        DIFFERENT
    }

    Missing missing = Missing.NOT_ASKED;

    /** The page for what does not exist, and the start page. */
    @Nullable PageSignature missingPage;

    @Nullable PageSignature startPage;

    /** Where it redirects what does not exist to. */
    @Nullable String missingTarget;

    /** Pages that answered before that was known. */
    final List<LinkTarget> early = new ArrayList<>();

    Https https = Https.NOT_ASKED;

    /** Links over http whose https is to be asked for once that is known. */
    final List<HttpUrl> waiting = new ArrayList<>();
}
