package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.TargetRefusal;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * The problems of the API (RFC 9457). Each has a {@code code}, which is the last segment of its
 * {@code type}, the URL of a page about it.
 */
enum ApiProblem {
    EMPTY(TargetRefusal.EMPTY),
    TOO_LONG(TargetRefusal.TOO_LONG),
    CHARACTERS(TargetRefusal.CHARACTERS),
    SCHEME(TargetRefusal.SCHEME),
    USERINFO(TargetRefusal.USERINFO),
    PORT(TargetRefusal.PORT),
    HOST_FORM(TargetRefusal.HOST_FORM),
    LOCAL_NAME(TargetRefusal.LOCAL_NAME),
    HEALTH_PATH(HttpStatus.BAD_REQUEST, "healthPath is a path such as /healthz."),
    BODY(HttpStatus.BAD_REQUEST, "The body is not a JSON object of the documented form."),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than 8,192 bytes."),
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid."),
    IDEMPOTENCY_KEY(
            HttpStatus.BAD_REQUEST, "Idempotency-Key is 1 to 255 visible ASCII characters."),
    NOT_YOURS(HttpStatus.FORBIDDEN, "Only the caller that submitted a check may cancel it."),
    UNKNOWN_CHECK(HttpStatus.NOT_FOUND, "There is no check with that id."),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at that path."),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The path does not support that method."),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The response has no media type of Accept."),
    EXPIRED(HttpStatus.GONE, "The check is no longer kept."),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not application/json."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The Idempotency-Key was used before for another check."),
    RATE(HttpStatus.TOO_MANY_REQUESTS, "Too many checks were submitted."),
    QUEUE_FULL(HttpStatus.TOO_MANY_REQUESTS, "Too many checks are queued."),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "The server failed to answer the request.");

    /** The pages that the types lead to. */
    static final String PAGES = CheckView.PAGE + "/problems/";

    private final HttpStatus status;
    private final String detail;

    ApiProblem(TargetRefusal refusal) {
        this(HttpStatus.BAD_REQUEST, refusal.text());
    }

    ApiProblem(HttpStatus status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    static ApiProblem of(TargetRefusal refusal) {
        return valueOf(refusal.name());
    }

    static Optional<ApiProblem> ofCode(String code) {
        return Arrays.stream(values()).filter(problem -> problem.code().equals(code)).findFirst();
    }

    /** The problem for a status that Spring answers with. */
    static ApiProblem ofStatus(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            default -> status < 500 ? BAD_REQUEST : INTERNAL;
        };
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    HttpStatus status() {
        return status;
    }

    String detail() {
        return detail;
    }

    /** Adds the members that make a problem this one. */
    void describe(ProblemDetail problem) {
        problem.setType(URI.create(PAGES + code()));
        problem.setProperty("code", code());
    }

    ErrorResponseException exception() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        describe(problem);
        return new ErrorResponseException(status, problem, null);
    }

    /** With the time after which to try again. */
    ErrorResponseException exception(Duration wait) {
        ErrorResponseException exception = exception();
        exception.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds() + 1));
        return exception;
    }
}
