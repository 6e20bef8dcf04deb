package dev.gatehouse.tools.frontdoor;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The front-door check for programs. Its contract is {@code /gatehouse/openapi.json}. */
@Lazy
@RestController
@RequestMapping(CheckView.API)
class FrontDoorApi {

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=([0-9]{1,4})");
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final int LARGEST_BODY = 8192;

    private final CheckService checks;
    private final FrontDoorPage page;
    private final JsonMapper json;

    FrontDoorApi(CheckService checks, FrontDoorPage page, JsonMapper json) {
        this.checks = checks;
        this.page = page;
        this.json = json;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CheckView> create(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException, IOException {
        Duration wait = wait(prefer);
        Job job =
                checks.submit(
                        CheckLimits.Caller.of(request),
                        body(request),
                        key,
                        left -> tell(left, response));
        boolean over = job.await(wait.toMillis());
        CheckView view = CheckView.of(job);
        ResponseEntity.BodyBuilder answer =
                over
                        ? ResponseEntity.ok()
                        : ResponseEntity.accepted()
                                .header(
                                        HttpHeaders.RETRY_AFTER,
                                        Long.toString(checks.pollInterval().toSeconds()));
        if (wait.isPositive()) {
            answer.header("Preference-Applied", "wait=" + wait.toSeconds());
        }
        return answer.location(URI.create(view.self()))
                .header("Cache-Control", "no-store")
                .body(view);
    }

    /** Bounded: to parse an endless body would keep the processor from other requests. */
    private CheckService.CheckRequest body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw ApiProblem.BODY_TOO_LARGE.exception();
        }
        try {
            return Optional.ofNullable(json.readValue(body, CheckService.CheckRequest.class))
                    .orElseThrow(ApiProblem.BODY::exception);
        } catch (JacksonException _) {
            throw ApiProblem.BODY.exception();
        }
    }

    private static void tell(CheckLimits.Decision left, HttpServletResponse response) {
        response.setHeader("RateLimit-Policy", left.policy());
        response.setHeader("RateLimit", left.rateLimit());
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

    /** The page of the check, for browsers. */
    @GetMapping(path = "/{id}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> page(@PathVariable String id) {
        return page.check(id);
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CheckView> get(@PathVariable String id) {
        Job job = checks.get(id);
        String revision = "\"%d\"".formatted(job.revision());
        CheckView view = CheckView.of(job);
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.ok()
                        .eTag(revision)
                        .header("Cache-Control", "private, no-cache")
                        .header("Vary", "Accept");
        if (!view.state().isFinal()) {
            answer.header(
                    HttpHeaders.RETRY_AFTER, Long.toString(checks.pollInterval().toSeconds()));
        }
        return answer.body(view);
    }

    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
        long after = last != null && last.matches("[0-9]{1,9}") ? Long.parseLong(last) : 0;
        return JobStream.of(checks.get(id), after, checks.longest());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable String id, HttpServletRequest request) {
        checks.cancel(CheckLimits.Caller.of(request), id);
    }
}
