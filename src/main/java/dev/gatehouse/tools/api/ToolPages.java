package dev.gatehouse.tools.api;

import dev.gatehouse.page.NavigationLink;
import dev.gatehouse.page.PageTemplate;
import dev.gatehouse.page.PublicPage;
import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobPage;
import dev.gatehouse.tools.job.JobPageData;
import dev.gatehouse.tools.job.JobProgress;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobState;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTool;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.RowKind;
import dev.gatehouse.tools.job.RowQuery;
import dev.gatehouse.tools.job.ToolProblem;
import dev.gatehouse.tools.job.ToolRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tools for people: a form that works without script, and a page per job. Each tool has a
 * template for the fields of its form and one for its result; the rest is the same for all.
 */
@Lazy
@Controller
@RequestMapping("/tools")
class ToolPages {

    private final JobTools tools;
    private final JobStore store;
    private final JobSubmissions submissions;
    private final JobViews views;
    private final Callers callers;
    private final JsonMapper json;
    private final List<NavigationLink> navigation;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, PageTemplate> templates = new ConcurrentHashMap<>();

    ToolPages(
            JobTools tools,
            JobStore store,
            JobSubmissions submissions,
            JobViews views,
            Callers callers,
            JsonMapper json,
            ObjectProvider<NavigationLink> navigation) {
        this.tools = tools;
        this.store = store;
        this.submissions = submissions;
        this.views = views;
        this.callers = callers;
        this.json = json;
        this.navigation = navigation.orderedStream().toList();
    }

    private PageTemplate template(String name) {
        return templates.computeIfAbsent(name, PageTemplate::new);
    }

    private ResponseEntity<String> render(
            String template, HttpStatus status, Map<String, ? extends @Nullable Object> model) {
        return template(template).render(status, model, navigation);
    }

    /** The list of the tools. */
    @GetMapping
    ResponseEntity<byte[]> index(HttpServletRequest request) {
        return PublicPage.of(request, render("tools", HttpStatus.OK, Map.of("tools", tools.all())));
    }

    /** The documentation of the API. */
    @GetMapping({"/api", "/{name}/api"})
    ResponseEntity<byte[]> api(HttpServletRequest request) {
        Map<String, Object> model = Map.of("tools", tools.all(), "shared", store.isShared());
        return PublicPage.of(request, render("api", HttpStatus.OK, model));
    }

    /** What a problem means: the {@code type} of a problem leads here. */
    @GetMapping("/problems/{code}")
    ResponseEntity<String> problem(@PathVariable String code) {
        ToolProblem problem =
                ApiProblem.ofCode(code)
                        .map(p -> new ToolProblem(p.code(), p.status().value(), p.detail()))
                        .or(() -> ofTools(code))
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        String status = problem.status() == 0 ? "" : String.valueOf(problem.status());
        return render(
                "problem",
                HttpStatus.OK,
                Map.of("code", problem.code(), "text", problem.text(), "status", status));
    }

    private Optional<ToolProblem> ofTools(String code) {
        return Stream.concat(
                        Stream.of(JobRunner.DEADLINE),
                        tools.all().stream().flatMap(tool -> tool.tool().get().problems().stream()))
                .filter(problem -> problem.code().equals(code))
                .findFirst();
    }

    private ToolRegistration tool(String name) {
        return tools.find(name)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @GetMapping("/{name}")
    ResponseEntity<byte[]> form(@PathVariable String name, HttpServletRequest request) {
        return PublicPage.of(request, form(tool(name), HttpStatus.OK, fields(request), null));
    }

    private ResponseEntity<String> form(
            ToolRegistration registration,
            HttpStatus status,
            Map<String, String> fields,
            @Nullable String problem) {
        JobTool<?> tool = registration.tool().get();
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("tool", registration);
        model.put("problem", problem);
        model.put("fields", template(tool.page().formTemplate()).text(tool.page().form(fields)));
        model.put("action", tool.page().action());
        model.put("kept", words(tool.limits().kept()));
        return render("tool", status, model);
    }

    private static Map<String, String> fields(HttpServletRequest request) {
        return request.getParameterMap().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> String.join(",", entry.getValue()),
                                (a, _) -> a,
                                LinkedHashMap::new));
    }

    /** Another site's page may not have its visitors' browsers submit jobs. */
    private static boolean isForeign(String site) {
        return !site.equals("same-origin") && !site.equals("none");
    }

    @PostMapping(path = "/{name}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<String> submit(
            @PathVariable String name,
            @RequestHeader(name = "Sec-Fetch-Site", defaultValue = "same-origin") String site,
            HttpServletRequest request) {
        ToolRegistration registration = tool(name);
        Map<String, String> fields = fields(request);
        if (isForeign(site)) {
            return form(
                    registration,
                    HttpStatus.FORBIDDEN,
                    fields,
                    "The form was sent from another site. Send it here.");
        }
        try {
            Job job = submit(registration.tool().get(), fields, request);
            return seeOther(registration.page() + "/" + job.id());
        } catch (ErrorResponseException ex) {
            return form(
                    registration,
                    HttpStatus.valueOf(ex.getStatusCode().value()),
                    fields,
                    ex.getBody().getDetail());
        }
    }

    private <R> Job submit(
            JobTool<R> tool, Map<String, String> fields, HttpServletRequest request) {
        return submissions.submit(
                tool, callers.of(request), tool.page().request(fields), null, _ -> {});
    }

    private static ResponseEntity<String> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path)).build();
    }

    /** Cancels a job, which only its caller may, and shows it. */
    @PostMapping("/{name}/{id}/cancel")
    ResponseEntity<String> cancel(
            @PathVariable String name,
            @PathVariable String id,
            @RequestHeader(name = "Sec-Fetch-Site", defaultValue = "same-origin") String site,
            HttpServletRequest request) {
        ToolRegistration registration = tool(name);
        Job job = find(registration, id);
        if (isForeign(site) || !job.caller().equals(callers.of(request).key())) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        store.cancel(id);
        return seeOther(registration.page() + "/" + id);
    }

    private Job find(ToolRegistration registration, String id) {
        Job job =
                store.find(id)
                        .filter(found -> found.tool().equals(registration.name()))
                        .orElseThrow(ApiProblem.UNKNOWN_JOB::exception);
        if (job.isExpired(clock.instant())) {
            throw ApiProblem.EXPIRED.exception();
        }
        return job;
    }

    @GetMapping(path = "/{name}/{id}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> job(
            @PathVariable String name, @PathVariable String id, HttpServletRequest request) {
        ToolRegistration registration = tool(name);
        return job(registration, registration.tool().get(), find(registration, id), request);
    }

    @GetMapping(path = "/{name}/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> jobAsJson(@PathVariable String name, @PathVariable String id) {
        ToolRegistration registration = tool(name);
        Job job = find(registration, id);
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .header("Vary", "Accept")
                .body(views.bytes(views.view(registration, registration.tool().get(), job)));
    }

    /** The page of a job, at any stage. */
    <R> ResponseEntity<String> job(
            ToolRegistration registration, JobTool<R> tool, Job job, HttpServletRequest request) {
        JobPage<R> page = tool.page();
        R submitted = views.request(tool, job);
        Map<String, String> query = fields(request);
        String self = registration.path() + "/" + job.id();
        JobViews.Rows rows = rows(tool, job, self, query);
        JobPageData<R> data =
                new JobPageData<>(
                        job,
                        submitted,
                        views.tree(job.report()),
                        query,
                        rows.views(),
                        views.reader(job),
                        (kind, found) -> views.views(tool, job, kind, found));
        boolean over = job.state().isFinal();
        Map<String, @Nullable Object> model = new LinkedHashMap<>();
        model.put("tool", registration);
        model.put("title", page.title(submitted));
        model.put("action", page.action());
        model.put("over", over);
        model.put("self", self);
        model.put("page", registration.page() + "/" + job.id());
        model.put("events", over ? null : self + "/events");
        model.put("state", job.state().name().toLowerCase(Locale.ROOT));
        model.put("summary", summary(page, job));
        model.put("empty", over && job.report() == null);
        model.put("progress", progress(job));
        model.put("elapsed", elapsed(job));
        model.put(
                "since", job.startedAt() != null && !over ? job.startedAt().toEpochMilli() : null);
        model.put("mayCancel", !over && job.caller().equals(callers.of(request).key()));
        model.put("result", template(page.resultTemplate()).text(page.result(data)));
        model.put("hasFilters", !page.filters().isEmpty());
        model.put("filters", filters(page, query));
        model.put("hasExport", over && tool.export().isPresent());
        model.put("nextRows", rows.cursor() == null ? null : address(query, rows.cursor()));
        model.put("again", registration.page() + query(page.fields(submitted)));
        return render("job", HttpStatus.OK, model);
    }

    private <R> JobViews.Rows rows(
            JobTool<R> tool, Job job, String self, Map<String, String> query) {
        Optional<RowKind> kind = tool.rowKinds().stream().findFirst();
        if (kind.isEmpty()) {
            return new JobViews.Rows(List.of(), null, null);
        }
        Map<String, List<String>> facets = new LinkedHashMap<>();
        for (JobPage.Filter filter : tool.page().filters()) {
            String value = query.getOrDefault(filter.facet(), "");
            if (!value.isEmpty()) {
                facets.put(filter.facet(), List.of(value));
            }
        }
        String cursor = query.getOrDefault("cursor", "");
        long after = cursor.matches("[0-9]{1,18}") ? Long.parseLong(cursor) : 0;
        return views.rows(
                tool,
                job,
                self,
                new RowQuery(kind.get().name(), after, tool.page().pageSize(), facets));
    }

    private static String address(Map<String, String> query, long cursor) {
        Map<String, String> next = new LinkedHashMap<>(query);
        next.put("cursor", String.valueOf(cursor));
        return query(next);
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(p -> encoded(p.getKey()) + "=" + encoded(p.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A choice of a filter. */
    record Choice(String value, boolean selected) {}

    /** A filter with what is chosen. */
    record ShownFilter(String facet, String label, List<Choice> choices) {}

    private static List<ShownFilter> filters(JobPage<?> page, Map<String, String> query) {
        List<ShownFilter> filters = new ArrayList<>();
        for (JobPage.Filter filter : page.filters()) {
            String chosen = query.getOrDefault(filter.facet(), "");
            filters.add(
                    new ShownFilter(
                            filter.facet(),
                            filter.label(),
                            filter.values().stream()
                                    .map(value -> new Choice(value, value.equals(chosen)))
                                    .toList()));
        }
        return filters;
    }

    /** The state in a sentence. */
    private String summary(JobPage<?> page, Job job) {
        if (job.failure() != null) {
            return job.failure().text();
        }
        JobProgress progress = parsed(job);
        return switch (job.state()) {
            case QUEUED -> "Waiting for its turn.";
            case RUNNING -> progress == null ? "Running." : progress.text() + ".";
            case DONE -> page.done();
            case PARTIAL -> "A limit of time or size was reached: this was found until then.";
            case CANCELLED -> "It was cancelled.";
            case FAILED -> "It failed.";
        };
    }

    private @Nullable JobProgress parsed(Job job) {
        return job.progress() == null ? null : json.readValue(job.progress(), JobProgress.class);
    }

    /** How far it is, as numbers of the progress bar, or null where it does not run. */
    private @Nullable Map<String, Object> progress(Job job) {
        JobProgress progress = parsed(job);
        if (job.state() != JobState.RUNNING || progress == null) {
            return null;
        }
        Integer total = progress.total();
        String count =
                total == null
                        ? "%d %s".formatted(progress.done(), progress.unit())
                        : "%d of %d %s".formatted(progress.done(), total, progress.unit());
        return total == null
                ? Map.of("text", count)
                : Map.of("text", count, "done", progress.done(), "total", Map.of("max", total));
    }

    private @Nullable String elapsed(Job job) {
        Instant start = job.startedAt();
        if (start == null) {
            return null;
        }
        Instant end = job.endedAt() == null ? clock.instant() : job.endedAt();
        return Duration.between(start, end).toSeconds() + " s";
    }

    private static String words(Duration duration) {
        long minutes = duration.toMinutes();
        if (minutes >= 120 && minutes % 60 == 0) {
            return minutes / 60 + " hours";
        }
        return minutes > 0 ? minutes + " minutes" : duration.toSeconds() + " seconds";
    }
}
