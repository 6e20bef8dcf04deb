package dev.gatehouse.tools.api;

import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobRow;
import dev.gatehouse.tools.job.JobRows;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTool;
import dev.gatehouse.tools.job.RowKind;
import dev.gatehouse.tools.job.RowQuery;
import dev.gatehouse.tools.job.ToolRegistration;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Jobs and their rows as JSON. */
class JobViews {

    /** Rows of each kind in a report. */
    static final int FIRST_ROWS = 100;

    private final JobStore store;
    private final JsonMapper json;

    JobViews(JobStore store, JsonMapper json) {
        this.store = store;
        this.json = json;
    }

    /** The members of a job's view. */
    <R> Map<String, @Nullable Object> view(
            ToolRegistration registration, JobTool<R> tool, Job job) {
        String self = registration.path() + "/" + job.id();
        R request = request(tool, job);
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", job.id());
        view.put("tool", tool.name());
        view.put("state", job.state());
        view.put("request", json.readTree(job.request()));
        view.putAll(tool.viewMembers(request));
        view.put("createdAt", job.createdAt());
        view.put("startedAt", job.startedAt());
        view.put("endedAt", job.endedAt());
        view.put("instance", job.instance());
        view.put("progress", tree(job.progress()));
        if (job.report() != null) {
            view.put("report", report(tool, job, self));
        }
        if (job.failure() != null) {
            view.put("failure", job.failure());
        }
        view.put("self", self);
        view.put("events", self + "/events");
        view.put("page", registration.page() + "/" + job.id());
        return view;
    }

    <R> R request(JobTool<R> tool, Job job) {
        return json.readValue(job.request(), tool.requestType());
    }

    @Nullable JsonNode tree(@Nullable String text) {
        return text == null ? null : json.readTree(text);
    }

    /** What the work returned, with the first rows of each kind. */
    private JsonNode report(JobTool<?> tool, Job job, String self) {
        JsonNode summary = json.readTree(job.report());
        if (!(summary instanceof ObjectNode report)) {
            return summary;
        }
        List<RowKind> kinds = tool.rowKinds();
        for (RowKind kind : kinds) {
            Rows rows = rows(tool, job, self, RowQuery.first(kind.name(), FIRST_ROWS));
            report.set(kind.name(), json.valueToTree(rows.views()));
            report.put(next(kind, kind.equals(kinds.getFirst())), rows.next());
        }
        return report;
    }

    /** The member of a report that leads to the next rows of a kind. */
    static String next(RowKind kind, boolean isMain) {
        return isMain ? "next" : "next" + capital(kind.name());
    }

    static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /**
     * Rows as the API shows them.
     *
     * @param next the path of the next ones, or null where there are none
     */
    record Rows(List<JsonNode> views, @Nullable String next, @Nullable Long cursor) {}

    /** The rows that a query finds, and where the next ones are. */
    Rows rows(JobTool<?> tool, Job job, String self, RowQuery query) {
        RowQuery oneMore =
                new RowQuery(query.kind(), query.after(), query.limit() + 1, query.facets());
        List<JobRow> found = store.rows(job.id(), oneMore);
        List<JobRow> shown = found.size() > query.limit() ? found.subList(0, query.limit()) : found;
        Long cursor = found.size() > query.limit() ? shown.getLast().number() : null;
        return new Rows(
                views(tool, job, query.kind(), shown),
                cursor == null ? null : next(self, query, cursor),
                cursor);
    }

    JobRows reader(Job job) {
        return query -> store.rows(job.id(), query);
    }

    List<JsonNode> views(JobTool<?> tool, Job job, String kind, List<JobRow> rows) {
        return tool.rowViews(kind, rows, reader(job)).stream()
                .map(view -> view instanceof JsonNode node ? node : json.valueToTree(view))
                .toList();
    }

    private static String next(String self, RowQuery query, long cursor) {
        StringBuilder next =
                new StringBuilder(self)
                        .append('/')
                        .append(query.kind())
                        .append("?cursor=")
                        .append(cursor)
                        .append("&limit=")
                        .append(query.limit());
        query.facets()
                .forEach(
                        (name, values) ->
                                values.forEach(
                                        value ->
                                                next.append('&')
                                                        .append(encoded(name))
                                                        .append('=')
                                                        .append(encoded(value))));
        return next.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** JSON as it is sent. */
    byte[] bytes(Object view) {
        return json.writeValueAsBytes(view);
    }
}
