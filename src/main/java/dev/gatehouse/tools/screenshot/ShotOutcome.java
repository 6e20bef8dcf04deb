package dev.gatehouse.tools.screenshot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How taking a screenshot ended. */
sealed interface ShotOutcome {

    /**
     * With an image, which has been written.
     *
     * @param width in pixels, like height
     * @param limit what made it incomplete, as a sentence, or null
     */
    record Taken(
            int width,
            int height,
            String finalUrl,
            int status,
            String title,
            List<String> console,
            List<Blocked> blocked,
            @Nullable String limit)
            implements ShotOutcome {}

    /** Without one. */
    record NotTaken(ShotProblem problem, String detail) implements ShotOutcome {

        /** A sentence, and what the browser says where it helps. */
        String text() {
            return detail.isEmpty() ? problem.text() : problem.text() + " (" + detail + ")";
        }
    }

    /**
     * What the page could not load.
     *
     * @param url or host and port, where only those are known
     * @param reason a code: of the outbound guard, or {@code type} for one that the request blocks
     */
    record Blocked(String url, String reason) {}
}
