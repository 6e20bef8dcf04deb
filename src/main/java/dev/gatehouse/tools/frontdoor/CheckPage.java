package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.job.JobProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check as its page shows it, at any stage.
 *
 * @param summary what is going on, or the result
 * @param fixes what costs points, the worst first, once it is over
 * @param events the event stream, or null at the end
 */
record CheckPage(
        String host,
        String summary,
        boolean over,
        @Nullable String events,
        @Nullable Report report,
        List<Row> fixes,
        List<Section> sections) {

    /** The findings of an area. */
    record Section(String title, List<Row> rows) {}

    /**
     * A finding.
     *
     * @param number the same at each look, so that what is open stays open
     */
    record Row(int number, Finding finding) {

        String verdict() {
            return finding.verdict().tag();
        }

        String verdictText() {
            return finding.verdict().text();
        }

        String points() {
            return finding.points() == 0 ? "" : "%+d".formatted(finding.points());
        }

        boolean hasRemedy() {
            return !finding.remedy().isEmpty();
        }
    }

    static CheckPage of(Job job) {
        CheckView view = CheckView.of(job);
        List<Row> rows = rows(job);
        boolean over = view.state().isFinal();
        return new CheckPage(
                view.host(),
                over ? ended(view) : now(job),
                over,
                over ? null : view.events(),
                view.report(),
                over ? fixes(rows) : List.of(),
                Arrays.stream(Area.values())
                        .map(area -> section(area, rows))
                        .filter(section -> !section.rows().isEmpty())
                        .toList());
    }

    private static List<Row> rows(Job job) {
        List<Row> rows = new ArrayList<>();
        for (JobEvent event : job.events()) {
            if (event.data() instanceof Finding finding) {
                rows.add(new Row(rows.size() + 1, finding));
            }
        }
        return rows;
    }

    private static List<Row> fixes(List<Row> rows) {
        return rows.stream()
                .filter(row -> !row.finding().remedy().isEmpty())
                .sorted(Comparator.comparingInt(row -> row.finding().points()))
                .toList();
    }

    private static Section section(Area area, List<Row> rows) {
        return new Section(
                area.title(), rows.stream().filter(r -> r.finding().area() == area).toList());
    }

    private static String now(Job job) {
        JobProgress progress = job.progress();
        return progress == null ? "Waiting for its turn." : "Checking: " + progress.text() + ".";
    }

    private static String ended(CheckView view) {
        if (view.failure() != null) {
            return view.failure().text();
        }
        return switch (view.state()) {
            case PARTIAL ->
                    "The check reached its limit of time or work: this is what was found until then.";
            case CANCELLED -> "The check was cancelled.";
            case QUEUED, RUNNING, DONE, FAILED -> "Everything was checked.";
        };
    }

    /** For the template. */
    boolean hasFixes() {
        return !fixes.isEmpty();
    }

    /** For the template: whether it ended without a report. */
    boolean empty() {
        return over && report == null;
    }
}
