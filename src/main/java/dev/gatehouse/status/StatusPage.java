package dev.gatehouse.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.liveness.InstanceDirectory;
import dev.gatehouse.liveness.PublicAddressScreenshots;
import dev.gatehouse.status.StatusTimeline.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status. Its components are the JSON; its methods add what the page shows beyond them.
 *
 * @param instance the name of the instance that answers
 * @param instances all instances that live, or null where they do not know each other
 * @param headline a summary in a sentence
 * @param worst the worst condition, for the colour
 * @param screenshots of the public address, or null where none are taken; the newest first
 * @param decisions counts of the redirect's decisions by reason, or null for the public
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusPage(
        String instance,
        @Nullable List<InstanceDirectory.Instance> instances,
        String headline,
        ComponentCondition worst,
        boolean contradiction,
        List<Component> components,
        Certificate certificate,
        @Nullable List<Look> screenshots,
        List<Line> events,
        @Nullable Map<String, Long> decisions) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** Interruptions of a component that the page lists: it arrives in one flight of packets. */
    private static final int LISTED = 4;

    boolean isDetailed() {
        return decisions != null;
    }

    long mostDecisions() {
        return decisions == null || decisions.isEmpty()
                ? 1
                : Math.max(
                        1, decisions.values().stream().mapToLong(Long::longValue).max().orElse(1));
    }

    /**
     * A connector, or the view from outside.
     *
     * @param probeMillis duration of the last probe that was answered, or null
     * @param availabilityPercent of the known time in the last 24 hours, or null while nothing is
     *     known
     * @param history the last 24 hours
     * @param counts by what is counted, or null for the public
     * @param reason the reason of the condition, or null for the public
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Component(
            String name,
            String title,
            ComponentCondition condition,
            @Nullable Long probeMillis,
            @Nullable Double availabilityPercent,
            List<Interval> history,
            @Nullable Map<String, Long> counts,
            @Nullable String reason) {

        String tag() {
            return condition.tag();
        }

        /** The result of the last probe, in words. */
        String looked() {
            if (probeMillis != null) {
                return "answered in " + probeMillis + " ms";
            }
            return condition == ComponentCondition.UNKNOWN ? "not checked yet" : "";
        }

        /** As {@code 99.997 %}. */
        String available() {
            if (availabilityPercent == null) {
                return "";
            }
            String digits = String.format(Locale.ROOT, "%.3f", availabilityPercent);
            return digits.replaceFirst("\\.?0+$", "") + " %";
        }

        String svg() {
            return Svg.timeline(summary(), history, LISTED);
        }

        private String summary() {
            return "%s, last 24 hours: %s known, %s dead, %s busy"
                    .formatted(
                            title,
                            StatusPage.words(
                                    Duration.between(
                                                    history.getFirst().from(),
                                                    history.getLast().until())
                                            .minus(total(ComponentCondition.UNKNOWN))),
                            StatusPage.words(total(ComponentCondition.DEAD)),
                            StatusPage.words(total(ComponentCondition.BUSY)));
        }

        private Duration total(ComponentCondition condition) {
            return history.stream()
                    .filter(interval -> interval.condition() == condition)
                    .map(Interval::duration)
                    .reduce(Duration.ZERO, Duration::plus);
        }

        /** The newest, and of these the newest first. */
        List<Interruption> interruptions() {
            return history.reversed().stream()
                    .filter(Svg::isInterruption)
                    .limit(LISTED)
                    .map(Interruption::of)
                    .toList();
        }

        long countOfInterruptions() {
            return history.stream().filter(Svg::isInterruption).count();
        }

        boolean hasInterruptions() {
            return countOfInterruptions() > 0;
        }

        boolean hasMoreInterruptions() {
            return countOfInterruptions() > LISTED;
        }
    }

    /** An interruption as a list shows it. */
    record Interruption(String tag, String time, String hour, String duration) {

        static Interruption of(Interval interval) {
            return new Interruption(
                    interval.condition().tag(),
                    seconds(interval.from()),
                    HOUR.format(interval.from()),
                    words(interval.duration()));
        }
    }

    /**
     * The certificate that is configured.
     *
     * @param missingIssuer the issuer whose certificate is not sent with it, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Certificate(
            List<String> names,
            long daysLeft,
            LocalDate expires,
            boolean selfSigned,
            @Nullable String missingIssuer) {

        String listed() {
            return String.join(", ", names);
        }
    }

    /** What visitors saw at a time. */
    record Look(Instant time, List<View> views) {

        static Look of(PublicAddressScreenshots.Screenshot screenshot) {
            return new Look(
                    screenshot.time(),
                    screenshot.views().stream()
                            .map(view -> View.of("/status/screenshots/" + screenshot.id(), view))
                            .toList());
        }

        String at() {
            return seconds(time);
        }

        String minute() {
            return "%s %s".formatted(DAY.format(time), MINUTE.format(time));
        }
    }

    /**
     * One of the images.
     *
     * @param changedPercent of the pixels, since the screenshot before, or null where there was
     *     none
     * @param difference path of the image that shows what has changed, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String name,
            String image,
            int width,
            int height,
            @Nullable Double changedPercent,
            @Nullable String difference) {

        static View of(String path, PublicAddressScreenshots.View view) {
            Double changed = view.changed();
            return new View(
                    view.name(),
                    path + "/" + view.name() + ".png",
                    view.width(),
                    view.height(),
                    changed == null ? null : Math.round(changed * 1000) / 10.0,
                    view.hasDifference() ? path + "/" + view.name() + "/changed.png" : null);
        }

        /** In words. */
        String changed() {
            return changedPercent == null
                    ? "nothing to compare with"
                    : changedPercent + " % changed";
        }
    }

    /** An event. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(Instant time, ComponentCondition condition, String text, @Nullable String detail) {

        String tag() {
            return condition.tag();
        }

        String at() {
            return seconds(time);
        }

        String day() {
            return DAY.format(time);
        }

        String hour() {
            return HOUR.format(time);
        }
    }

    /** As an attribute of HTML has it. */
    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String words(Interval interval) {
        return "%s %s to %s UTC, %s"
                .formatted(
                        interval.condition().tag(),
                        HOUR.format(interval.from()),
                        HOUR.format(interval.until()),
                        words(interval.duration()));
    }

    static String words(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        Duration rounded = Duration.ofSeconds(seconds);
        if (rounded.toHours() > 0) {
            return "%d h %d min".formatted(rounded.toHours(), rounded.toMinutesPart());
        }
        return rounded.toMinutes() > 0
                ? "%d min %d s".formatted(rounded.toMinutes(), rounded.toSecondsPart())
                : seconds + " s";
    }
}
