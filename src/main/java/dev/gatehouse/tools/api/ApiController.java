package dev.gatehouse.tools.api;

import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobExport;
import dev.gatehouse.tools.job.JobLimits;
import dev.gatehouse.tools.job.JobPart;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTool;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.RateLimiter;
import dev.gatehouse.tools.job.RowKind;
import dev.gatehouse.tools.job.RowQuery;
import dev.gatehouse.tools.job.ToolRegistration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The jobs of every tool for programs. The contract is {@code /gatehouse/openapi.json}. It answers
 * for every path below {@code /api/} that no other controller has, so that every error is a
 * problem.
 */
@Lazy
@RestController
class ApiController {

    private static final Pattern WAIT =
            Pattern.compile(
                    "(?:^|[,;\\s])wait\\s*=\\s*\"?([0-9]{1,18})(?![^,;\\s\"])",
                    Pattern.CASE_INSENSITIVE);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration STREAM_RETRY = Duration.ofSeconds(4);
    private static final String POLL_SECONDS = "2";
    private static final int LARGEST_BODY = 32 * 1024;
    private static final int MOST_ROWS = 1000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final JobTools tools;
    private final JobStore store;
    private final JobSubmissions submissions;
    private final JobViews views;
    private final Callers callers;
    private final OpenRequests open;
    private final ToolPages pages;

    /** What is not as documented is told, where a default or a guess would surprise its caller. */
    private final JsonMapper requests;

    private final Clock clock = Clock.systemUTC();

    ApiController(
            JobTools tools,
            JobStore store,
            JobSubmissions submissions,
            JobViews views,
            Callers callers,
            OpenRequests open,
            ToolPages pages,
            JsonMapper json) {
        this.tools = tools;
        this.store = store;
        this.submissions = submissions;
        this.views = views;
        this.callers = callers;
        this.open = open;
        this.pages = pages;
        this.requests =
                json.rebuild()
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .withCoercionConfig(
                                LogicalType.Textual,
                                text ->
                                        text.setCoercion(
                                                        CoercionInputShape.Integer,
                                                        CoercionAction.Fail)
                                                .setCoercion(
                                                        CoercionInputShape.Float,
                                                        CoercionAction.Fail)
                                                .setCoercion(
                                                        CoercionInputShape.Boolean,
                                                        CoercionAction.Fail))
                        .build();
    }

    /** A response, one that comes later, or null where it was written. */
    @RequestMapping("/api/**")
    @Nullable Object handle(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ApiPath path =
                ApiPath.of(request.getRequestURI(), tools)
                        .orElseThrow(ApiProblem.NOT_FOUND::exception);
        String method = request.getMethod();
        if (!path.methods().contains(method)) {
            throw ApiProblem.METHOD_NOT_ALLOWED.withHeader(HttpHeaders.ALLOW, path.allow());
        }
        JobTool<?> tool = path.tool().tool().get();
        if (path.id() == null) {
            return submit(path.tool(), tool, request, response);
        }
        if (path.member() == null && !method.equals("DELETE")) {
            accept(request).require(offered(tool, true));
        }
        Job job = job(tool, path.id());
        if (method.equals("DELETE")) {
            return cancel(job, request);
        }
        return path.member() == null
                ? read(path.tool(), tool, job, request)
                : member(path.tool(), tool, job, path.member(), request, response);
    }

    /** The job with that id; an expired one is 410, an unknown one 404. */
    private Job job(JobTool<?> tool, String id) {
        Job job =
                store.find(id)
                        .filter(found -> found.tool().equals(tool.name()))
                        .orElseThrow(ApiProblem.UNKNOWN_JOB::exception);
        if (job.isExpired(clock.instant())) {
            throw ApiProblem.EXPIRED.exception();
        }
        return job;
    }

    private <R> Object submit(
            ToolRegistration registration,
            JobTool<R> tool,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        AcceptHeader accept = accept(request);
        accept.require(offered(tool, false));
        requireJson(request.getContentType());
        Duration wait = wait(request.getHeader("Prefer"));
        Caller caller = callers.of(request);
        Job job =
                submissions.submit(
                        tool,
                        caller,
                        body(request, tool.requestType()),
                        request.getHeader("Idempotency-Key"),
                        decision -> tell(decision, response));
        if (wait.isZero() || job.state().isFinal()) {
            return submitted(registration, tool, job, accept, wait);
        }
        if (open.take(caller) != null) {
            return submitted(registration, tool, job, accept, Duration.ZERO);
        }
        DeferredResult<ResponseEntity<?>> later =
                new DeferredResult<>(wait.plus(LONGEST_WAIT).toMillis());
        Thread.ofVirtual()
                .name("wait-" + job.id())
                .start(
                        () -> {
                            try {
                                answerLater(later, registration, tool, job, accept, wait);
                            } finally {
                                open.release(caller);
                            }
                        });
        return later;
    }

    private void answerLater(
            DeferredResult<ResponseEntity<?>> later,
            ToolRegistration registration,
            JobTool<?> tool,
            Job job,
            AcceptHeader accept,
            Duration wait) {
        try {
            later.setResult(submitted(registration, tool, await(job, wait), accept, wait));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Throwable ex) { // the client waits for an answer
            later.setErrorResult(ex);
        }
    }

    private Job await(Job submitted, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        Job job = submitted;
        long left = wait.toNanos();
        while (!job.state().isFinal() && left > 0) {
            store.awaitEvent(job.id(), job.lastEvent(), Duration.ofNanos(left));
            job = store.find(job.id()).orElse(job);
            left = end - System.nanoTime();
        }
        return job;
    }

    private ResponseEntity<?> submitted(
            ToolRegistration registration,
            JobTool<?> tool,
            Job job,
            AcceptHeader accept,
            Duration wait) {
        boolean over = job.state().isFinal();
        String self = registration.path() + "/" + job.id();
        HttpHeaders headers = new HttpHeaders();
        headers.setLocation(URI.create(self));
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (wait.isPositive()) {
            headers.set("Preference-Applied", "wait=" + wait.toSeconds());
        }
        if (!over) {
            headers.set(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
        }
        Optional<JobPart> part = over ? mainPart(tool, job, accept) : Optional.empty();
        if (part.isPresent()) {
            return part(part.get(), headers);
        }
        return ResponseEntity.status(over ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .body(views.bytes(views.view(registration, tool, job)));
    }

    /** Bounded: to parse an endless body would keep the processor from other requests. */
    private <R> R body(HttpServletRequest request, Class<R> type) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw ApiProblem.BODY_TOO_LARGE.exception();
        }
        try {
            return Optional.ofNullable(requests.readValue(body, type))
                    .orElseThrow(ApiProblem.BODY::exception);
        } catch (UnrecognizedPropertyException ex) {
            throw ApiProblem.BODY.exception(
                    "The body has a member %s, which is not known. Known here: %s."
                            .formatted(
                                    member(ex),
                                    ex.getKnownPropertyIds().stream()
                                            .map(String::valueOf)
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        } catch (DatabindException ex) {
            throw ApiProblem.BODY.exception(
                    ex.getPath().isEmpty()
                            ? ApiProblem.BODY.detail()
                            : "The member %s of the body is not of the documented form."
                                    .formatted(member(ex)));
        } catch (JacksonException _) {
            throw ApiProblem.BODY.exception();
        }
    }

    private static String member(DatabindException ex) {
        return ex.getPath().stream()
                .map(
                        step ->
                                step.getPropertyName() == null
                                        ? String.valueOf(step.getIndex())
                                        : step.getPropertyName())
                .collect(Collectors.joining("."));
    }

    private static void requireJson(@Nullable String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(Objects.requireNonNullElse(contentType, ""));
            if (type.isConcrete() && type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
                return;
            }
        } catch (InvalidMediaTypeException _) {
            // as any other
        }
        throw ApiProblem.UNSUPPORTED_MEDIA_TYPE.withHeader(
                HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
    }

    /** The limits in a minute and what is left (draft-ietf-httpapi-ratelimit-headers-10). */
    private static void tell(RateLimiter.Decision decision, HttpServletResponse response) {
        response.setHeader(
                "RateLimit-Policy",
                decision.levels().stream()
                        .map(
                                level ->
                                        "\"%s\";q=%d;w=60"
                                                .formatted(
                                                        level.limit().name(),
                                                        level.limit().perMinute()))
                        .collect(Collectors.joining(", ")));
        response.setHeader(
                "RateLimit",
                decision.levels().stream()
                        .map(
                                level ->
                                        "\"%s\";r=%d;t=%d"
                                                .formatted(
                                                        level.limit().name(),
                                                        level.remaining(),
                                                        level.refill().toSeconds() + 1))
                        .collect(Collectors.joining(", ")));
    }

    /** RFC 7240, 4.3. */
    private static Duration wait(@Nullable String prefer) {
        Matcher matcher = WAIT.matcher(prefer == null ? "" : prefer);
        if (!matcher.find()) {
            return Duration.ZERO;
        }
        Duration wanted = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
        return wanted.compareTo(LONGEST_WAIT) < 0 ? wanted : LONGEST_WAIT;
    }

    private static AcceptHeader accept(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        return AcceptHeader.of(String.join(",", lines));
    }

    private static List<MediaType> offered(JobTool<?> tool, boolean hasPage) {
        List<MediaType> offered = new ArrayList<>();
        offered.add(MediaType.APPLICATION_JSON);
        if (hasPage) {
            offered.add(MediaType.TEXT_HTML);
        }
        tool.mainPartTypes().stream().sorted().map(MediaType::parseMediaType).forEach(offered::add);
        return offered;
    }

    private Object read(
            ToolRegistration registration, JobTool<?> tool, Job job, HttpServletRequest request) {
        AcceptHeader accept = accept(request);
        MediaType best = accept.require(offered(tool, true));
        if (best.equals(MediaType.TEXT_HTML)) {
            return pages.job(registration, tool, job, request);
        }
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        if (!best.equals(MediaType.APPLICATION_JSON)) {
            Optional<JobPart> part = mainPart(tool, job, accept);
            if (part.isPresent()) {
                return part(part.get(), headers);
            }
        }
        if (!job.state().isFinal()) {
            headers.set(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
        }
        return ResponseEntity.ok()
                .headers(headers)
                .eTag("\"" + job.lastEvent() + "\"")
                .contentType(MediaType.APPLICATION_JSON)
                .body(views.bytes(views.view(registration, tool, job)));
    }

    /** The part that is answered in place of JSON, where its type is what the client likes best. */
    private Optional<JobPart> mainPart(JobTool<?> tool, Job job, AcceptHeader accept) {
        return tool.mainPart()
                .filter(
                        _ ->
                                !accept.require(offered(tool, false))
                                        .equals(MediaType.APPLICATION_JSON))
                .flatMap(name -> store.part(job.id(), name))
                .filter(part -> accept.accepts(MediaType.parseMediaType(part.mediaType())));
    }

    private static ResponseEntity<?> part(JobPart part, HttpHeaders headers) {
        try {
            return ResponseEntity.ok()
                    .headers(headers)
                    .contentType(MediaType.parseMediaType(part.mediaType()))
                    .contentLength(part.size())
                    .body(new InputStreamResource(part.content().open()));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private ResponseEntity<?> cancel(Job job, HttpServletRequest request) {
        if (!job.caller().equals(callers.of(request).key())) {
            throw ApiProblem.NOT_YOURS.exception();
        }
        store.cancel(job.id());
        return ResponseEntity.noContent().build();
    }

    private @Nullable Object member(
            ToolRegistration registration,
            JobTool<?> tool,
            Job job,
            String member,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (member.equals("events")) {
            accept(request).require(List.of(MediaType.TEXT_EVENT_STREAM));
            return events(tool, job, request);
        }
        Optional<RowKind> kind =
                tool.rowKinds().stream().filter(k -> k.name().equals(member)).findFirst();
        if (kind.isPresent()) {
            return rows(registration, tool, job, kind.get(), request);
        }
        Optional<RowExport.Format> format = RowExport.Format.of(member);
        if (format.isPresent() && tool.export().isPresent()) {
            export(format.get(), tool, tool.export().get(), job, request, response);
            return null;
        }
        JobPart part = store.part(job.id(), member).orElseThrow(ApiProblem.NOT_FOUND::exception);
        return storedPart(job, part, request);
    }

    private Object events(JobTool<?> tool, Job job, HttpServletRequest request) {
        @Nullable String last = request.getHeader("Last-Event-ID");
        long after = last != null && NUMBER.matcher(last).matches() ? Long.parseLong(last) : 0;
        JobLimits limits = tool.limits();
        Duration longest = limits.deadline().multipliedBy(limits.queued() + 1L);
        if (request.getMethod().equals("HEAD")) {
            return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).build();
        }
        Caller caller = callers.of(request);
        ApiProblem problem = open.take(caller);
        if (problem != null) {
            throw problem.exception(STREAM_RETRY);
        }
        return new JobEventStream(store, JobEventStream.HEARTBEAT)
                .open(job.id(), after, longest, () -> open.release(caller));
    }

    private ResponseEntity<?> rows(
            ToolRegistration registration,
            JobTool<?> tool,
            Job job,
            RowKind kind,
            HttpServletRequest request) {
        accept(request).require(List.of(MediaType.APPLICATION_JSON));
        JobViews.Rows rows =
                views.rows(
                        tool,
                        job,
                        registration.path() + "/" + job.id(),
                        query(kind, request.getParameterMap()));
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(kind.name(), rows.views());
        body.put("next", rows.next());
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .contentType(MediaType.APPLICATION_JSON)
                .body(views.bytes(body));
    }

    private static RowQuery query(RowKind kind, Map<String, String[]> parameters) {
        long after = 0;
        int limit = JobViews.FIRST_ROWS;
        Map<String, List<String>> facets = new LinkedHashMap<>();
        for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
            String value = parameter.getValue()[0];
            switch (parameter.getKey()) {
                case "cursor" -> {
                    if (!NUMBER.matcher(value).matches()) {
                        throw ApiProblem.CURSOR.exception();
                    }
                    after = Long.parseLong(value);
                }
                case "limit" -> {
                    if (!value.matches("[0-9]{1,4}")
                            || Integer.parseInt(value) < 1
                            || Integer.parseInt(value) > MOST_ROWS) {
                        throw ApiProblem.LIMIT.exception();
                    }
                    limit = Integer.parseInt(value);
                }
                default -> {
                    List<String> values = Arrays.asList(parameter.getValue());
                    requireAllowed(facet(kind, parameter.getKey()), values);
                    facets.put(parameter.getKey(), values);
                }
            }
        }
        return new RowQuery(kind.name(), after, limit, facets);
    }

    private static RowKind.Facet facet(RowKind kind, String name) {
        return kind.facets().stream()
                .filter(facet -> facet.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                ApiProblem.PARAMETER.exception(
                                        "%s has the parameters cursor, limit%s."
                                                .formatted(
                                                        kind.name(),
                                                        kind.facets().stream()
                                                                .map(facet -> ", " + facet.name())
                                                                .collect(Collectors.joining()))));
    }

    /** No row would have a value that is misspelled, which looks like a good result. */
    private static void requireAllowed(RowKind.Facet facet, List<String> values) {
        if (!values.stream().allMatch(facet::allows)) {
            throw ApiProblem.FILTER.exception(
                    "%s is one of: %s.".formatted(facet.name(), String.join(", ", facet.values())));
        }
    }

    private <R> void export(
            RowExport.Format format,
            JobTool<R> tool,
            JobExport export,
            Job job,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        accept(request).require(List.of(format.mediaType()));
        String title = tool.page().title(views.request(tool, job));
        response.setContentType(format.mediaType() + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"%s-%s\"".formatted(tool.name(), format.path()));
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        new RowExport(store, views).write(format, tool, export, job, title, out);
    }

    /** A part of an ended job never changes. */
    private static ResponseEntity<?> storedPart(Job job, JobPart part, HttpServletRequest request) {
        accept(request).require(List.of(MediaType.parseMediaType(part.mediaType())));
        HttpHeaders headers = new HttpHeaders();
        headers.setETag("\"%s-%d\"".formatted(job.attempt(), part.size()));
        headers.set(
                HttpHeaders.CACHE_CONTROL,
                job.state().isFinal() ? "private, max-age=86400, immutable" : "private, no-cache");
        return part(part, headers);
    }
}
