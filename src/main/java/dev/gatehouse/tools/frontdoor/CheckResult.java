package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.frontdoor.FrontDoorTool.CheckRequest;
import dev.gatehouse.tools.frontdoor.FrontDoorTool.Score;
import dev.gatehouse.tools.job.JobPageData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A check as its page shows it, at any stage.
 *
 * @param score once it is over
 * @param fixes what costs points, the worst first, once it is over
 */
record CheckResult(@Nullable Score score, List<Row> fixes, List<Section> sections) {

    private static final JsonMapper MAPPER = JsonMapper.shared();

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

    static CheckResult of(JobPageData<CheckRequest> data) {
        List<Row> rows = rows(data.views());
        boolean over = data.job().state().isFinal();
        JsonNode report = data.report();
        return new CheckResult(
                report == null ? null : MAPPER.treeToValue(report, Score.class),
                over ? fixes(rows) : List.of(),
                Arrays.stream(Area.values())
                        .map(area -> section(area, rows))
                        .filter(section -> !section.rows().isEmpty())
                        .toList());
    }

    private static List<Row> rows(List<JsonNode> findings) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode finding : findings) {
            rows.add(new Row(rows.size() + 1, MAPPER.treeToValue(finding, Finding.class)));
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

    /** For the template. */
    boolean hasFixes() {
        return !fixes.isEmpty();
    }
}
