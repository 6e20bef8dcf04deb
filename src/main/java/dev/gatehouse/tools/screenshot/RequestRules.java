package dev.gatehouse.tools.screenshot;

import dev.gatehouse.tools.job.ToolProblem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a complete request may contain. */
final class RequestRules {

    private static final int LONGEST_SELECTOR = 1000;
    private static final int SMALLEST_SIDE = 100;
    private static final int LARGEST_SIDE = 3840;
    private static final int FARTHEST = 100_000;
    private static final int LONGEST_DELAY = 20_000;
    private static final int LONGEST_TIMEOUT = 60_000;
    private static final int LONGEST_AGE = 86_400;

    private record Rule(ToolProblem problem, Predicate<ScreenshotRequest> violated) {}

    private static final List<Rule> RULES =
            List.of(
                    rule(
                            "viewport",
                            "viewport: width and height are from 100 to 3840, scale from 1 to 3.",
                            r -> !isViewport(Objects.requireNonNull(r.viewport()))),
                    rule(
                            "area",
                            "Only one of fullPage, selector and clip can be given.",
                            r ->
                                    Stream.of(
                                                            Boolean.TRUE.equals(r.fullPage()),
                                                            r.selector() != null,
                                                            r.clip() != null)
                                                    .filter(given -> given)
                                                    .count()
                                            > 1),
                    rule(
                            "clip",
                            "clip: x and y are from 0 to 100000, width and height from 1 to 3840 and"
                                    + " 30000.",
                            r -> r.clip() != null && !isClip(r.clip())),
                    rule(
                            "selector",
                            "selector and waitFor have at most 1,000 characters.",
                            r -> isTooLong(r.selector()) || isTooLong(r.waitFor())),
                    rule(
                            "format",
                            "format is png, jpeg or webp.",
                            r -> ImageFormat.of(String.valueOf(r.format())).isEmpty()),
                    rule("quality", "quality is from 1 to 100.", r -> !in(r.quality(), 1, 100)),
                    rule(
                            "color-scheme",
                            "colorScheme is light or dark.",
                            r -> !List.of("light", "dark").contains(r.colorScheme())),
                    rule(
                            "wait-until",
                            "waitUntil is load, idle or selector; selector needs waitFor or selector.",
                            r ->
                                    !List.of("load", "idle", "selector").contains(r.waitUntil())
                                            || ("selector".equals(r.waitUntil())
                                                    && r.waitFor() == null
                                                    && r.selector() == null)),
                    rule(
                            "delay-ms",
                            "delayMs is from 0 to 20000.",
                            r -> !in(r.delayMs(), 0, LONGEST_DELAY)),
                    rule(
                            "timeout-ms",
                            "timeoutMs is from 1000 to 60000.",
                            r -> !in(r.timeoutMs(), 1000, LONGEST_TIMEOUT)),
                    rule(
                            "block",
                            "block has any of image, media, font, script, stylesheet, xhr, websocket.",
                            r ->
                                    Objects.requireNonNull(r.block()).stream()
                                            .anyMatch(type -> ResourceType.of(type).isEmpty())),
                    rule(
                            "thumbnail-width",
                            "thumbnailWidth is from 16 to 3840.",
                            r ->
                                    !in(r.thumbnailWidth(), 0, 0)
                                            && !in(r.thumbnailWidth(), 16, LARGEST_SIDE)),
                    rule(
                            "max-age",
                            "maxAge is from 0 to 86400 seconds.",
                            r -> !in(r.maxAge(), 0, LONGEST_AGE)),
                    rule(
                            "compare",
                            "compare is none, devices or all.",
                            r -> !List.of("none", "devices", "all").contains(r.compare())));

    private RequestRules() {}

    private static Rule rule(String code, String text, Predicate<ScreenshotRequest> violated) {
        return new Rule(new ToolProblem(code, 422, text), violated);
    }

    static List<ToolProblem> problems() {
        return RULES.stream().map(Rule::problem).toList();
    }

    /** The first rule that a complete request does not keep. */
    static Optional<ToolProblem> check(ScreenshotRequest complete) {
        return RULES.stream()
                .filter(rule -> rule.violated().test(complete))
                .findFirst()
                .map(Rule::problem);
    }

    private static boolean isViewport(Viewport viewport) {
        double scale = Objects.requireNonNull(viewport.scale());
        return in(viewport.width(), SMALLEST_SIDE, LARGEST_SIDE)
                && in(viewport.height(), SMALLEST_SIDE, LARGEST_SIDE)
                && scale >= 1
                && scale <= 3;
    }

    private static boolean isClip(Clip clip) {
        return clip.x() >= 0
                && clip.x() <= FARTHEST
                && clip.y() >= 0
                && clip.y() <= FARTHEST
                && clip.width() >= 1
                && clip.width() <= LARGEST_SIDE
                && clip.height() >= 1
                && clip.height() <= 30_000;
    }

    private static boolean isTooLong(@Nullable String selector) {
        return selector != null && selector.length() > LONGEST_SELECTOR;
    }

    private static boolean in(@Nullable Integer value, int from, int to) {
        return value != null && value >= from && value <= to;
    }
}
