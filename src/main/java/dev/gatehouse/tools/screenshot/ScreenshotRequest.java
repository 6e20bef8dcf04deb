package dev.gatehouse.tools.screenshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for a screenshot: what is missing has its default.
 *
 * @param selector of the element to capture
 * @param waitFor selector of the element to wait for
 * @param block types of resources that are not loaded
 * @param thumbnailWidth width in pixels that the image is scaled down to
 * @param maxAge age in seconds that the image may have
 * @param compare {@code none}, {@code devices} (a phone as well) or {@code all} (light and dark as
 *     well)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScreenshotRequest(
        @Nullable String url,
        @Nullable Viewport viewport,
        @Nullable Boolean fullPage,
        @Nullable String selector,
        @Nullable Clip clip,
        @Nullable String format,
        @Nullable Integer quality,
        @Nullable String colorScheme,
        @Nullable Boolean reducedMotion,
        @Nullable String waitUntil,
        @Nullable String waitFor,
        @Nullable Integer delayMs,
        @Nullable Integer timeoutMs,
        @Nullable List<String> block,
        @Nullable Boolean scroll,
        @Nullable Integer thumbnailWidth,
        @Nullable Integer maxAge,
        @Nullable String compare) {

    static final int WIDTH = 1280;
    static final int HEIGHT = 800;
    static final int TIMEOUT_MS = 20_000;
    static final int QUALITY = 80;

    /** With its defaults. */
    ScreenshotRequest complete(String parsedUrl) {
        Viewport given = viewport == null ? new Viewport(null, null, null, null) : viewport;
        return new ScreenshotRequest(
                parsedUrl,
                new Viewport(
                        or(given.width(), WIDTH),
                        or(given.height(), HEIGHT),
                        or(given.scale(), 1.0),
                        or(given.mobile(), false)),
                or(fullPage, false),
                blankToNull(selector),
                clip,
                or(format, "png"),
                or(quality, QUALITY),
                or(colorScheme, "light"),
                or(reducedMotion, false),
                or(waitUntil, "load"),
                blankToNull(waitFor),
                or(delayMs, 0),
                or(timeoutMs, TIMEOUT_MS),
                block == null ? List.of() : block.stream().sorted().distinct().toList(),
                or(scroll, false),
                or(thumbnailWidth, 0),
                or(maxAge, 0),
                or(compare, "none"));
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** The options of a complete request that was accepted. */
    ShotOptions options() {
        Viewport view = Objects.requireNonNull(viewport);
        return new ShotOptions(
                Objects.requireNonNull(url),
                Objects.requireNonNull(view.width()),
                Objects.requireNonNull(view.height()),
                Objects.requireNonNull(view.scale()),
                Boolean.TRUE.equals(view.mobile()),
                Boolean.TRUE.equals(fullPage),
                selector,
                clip,
                ImageFormat.of(String.valueOf(format)).orElseThrow(),
                Objects.requireNonNull(quality),
                "dark".equals(colorScheme),
                Boolean.TRUE.equals(reducedMotion),
                switch (String.valueOf(waitUntil)) {
                    case "idle" -> ShotOptions.WaitUntil.IDLE;
                    case "selector" -> ShotOptions.WaitUntil.SELECTOR;
                    default -> ShotOptions.WaitUntil.LOAD;
                },
                waitFor,
                Duration.ofMillis(Objects.requireNonNull(delayMs)),
                Duration.ofMillis(Objects.requireNonNull(timeoutMs)),
                blocked(),
                Boolean.TRUE.equals(scroll),
                Objects.requireNonNull(thumbnailWidth));
    }

    /** Equal for requests with the same image. */
    ScreenshotRequest withoutTimes() {
        return new ScreenshotRequest(
                url,
                viewport,
                fullPage,
                selector,
                clip,
                format,
                quality,
                colorScheme,
                reducedMotion,
                waitUntil,
                waitFor,
                delayMs,
                null,
                block,
                scroll,
                thumbnailWidth,
                null,
                compare);
    }

    private Set<ResourceType> blocked() {
        Set<ResourceType> types = EnumSet.noneOf(ResourceType.class);
        Objects.requireNonNull(block)
                .forEach(name -> types.add(ResourceType.of(name).orElseThrow()));
        return types;
    }
}
