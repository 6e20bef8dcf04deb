package dev.gatehouse.tools.screenshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of a screenshot.
 *
 * @param image path of the image
 * @param width in pixels, like height
 * @param bytes size of the image
 * @param type its media type
 * @param status HTTP status of the page
 * @param limit what made it incomplete, as a sentence, or null
 * @param variants of the same page, where the request asks for them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScreenshotReport(
        String image,
        int width,
        int height,
        long bytes,
        String type,
        String finalUrl,
        int status,
        String title,
        List<String> console,
        List<ShotOutcome.Blocked> blocked,
        @Nullable String limit,
        List<Variant> variants) {

    /**
     * The same page in another viewport or colour scheme.
     *
     * @param name such as {@code phone-dark}
     */
    record Variant(String name, String image, int width, int height, long bytes) {}
}
