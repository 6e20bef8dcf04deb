package dev.gatehouse.tools.api;

import dev.gatehouse.tools.job.ToolProblem;
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
 * The problems that all tools share (RFC 9457). Each has a {@code code}, which is the last segment
 * of its {@code type}, the URL of a page about it.
 */
enum ApiProblem {
    BODY(HttpStatus.BAD_REQUEST, "The body is not a JSON object of the documented form."),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than 32,768 bytes."),
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid."),
    IDEMPOTENCY_KEY(
            HttpStatus.BAD_REQUEST, "Idempotency-Key is 1 to 255 visible ASCII characters."),
    PARAMETER(HttpStatus.BAD_REQUEST, "The path has no such query parameter."),
    FILTER(HttpStatus.BAD_REQUEST, "No row has that value."),
    LIMIT(HttpStatus.BAD_REQUEST, "limit is a number from 1 to 1000."),
    CURSOR(HttpStatus.BAD_REQUEST, "cursor is taken from next of an earlier response."),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The request is not allowed."),
    NOT_YOURS(HttpStatus.FORBIDDEN, "Only the caller that submitted a job may cancel it."),
    UNKNOWN_JOB(HttpStatus.NOT_FOUND, "There is no job with that id."),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at that path."),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The path does not support that method."),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The response has no media type of Accept."),
    EXPIRED(HttpStatus.GONE, "The job is no longer kept."),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not application/json."),
    IDEMPOTENCY_KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "The Idempotency-Key was used before for another request."),
    RATE(HttpStatus.TOO_MANY_REQUESTS, "Too many jobs were submitted."),
    QUEUE_FULL(HttpStatus.TOO_MANY_REQUESTS, "Too many jobs are queued."),
    UNFINISHED_JOBS(
            HttpStatus.TOO_MANY_REQUESTS, "The caller has too many jobs that have not ended."),
    OPEN_STREAMS(HttpStatus.TOO_MANY_REQUESTS, "The caller has too many event streams open."),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "The server failed to answer the request."),
    OPEN_STREAMS_IN_TOTAL(
            HttpStatus.SERVICE_UNAVAILABLE, "Too many event streams are open. Try again."),
    UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE, "The jobs cannot be reached at the moment. Try again.");

    /** The pages that the types lead to. */
    static final String PAGES = "/tools/problems/";

    private final HttpStatus status;
    private final String detail;

    ApiProblem(HttpStatus status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    static Optional<ApiProblem> ofCode(String code) {
        return Arrays.stream(values()).filter(problem -> problem.code().equals(code)).findFirst();
    }

    /** The problem for a status that Spring or Tomcat answers with. */
    static ApiProblem ofStatus(int status) {
        return switch (status) {
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 503 -> UNAVAILABLE;
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

    ProblemDetail body() {
        return body(status, detail);
    }

    /** With a status, and a sentence, of its own. */
    ProblemDetail body(HttpStatus status, String detail) {
        return body(status, code(), detail);
    }

    private static ProblemDetail body(HttpStatus status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(PAGES + code));
        problem.setProperty("code", code);
        return problem;
    }

    ErrorResponseException exception() {
        return exception(detail);
    }

    ErrorResponseException exception(String detail) {
        return new ErrorResponseException(status, body(status, detail), null);
    }

    /** With the time after which to try again. */
    ErrorResponseException exception(Duration wait) {
        return withHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds() + 1));
    }

    ErrorResponseException withHeader(String name, String value) {
        ErrorResponseException exception = exception();
        exception.getHeaders().set(name, value);
        return exception;
    }

    /** A tool's reason to refuse a request. */
    static ErrorResponseException of(ToolProblem problem) {
        HttpStatus status = HttpStatus.valueOf(problem.status());
        return new ErrorResponseException(
                status, body(status, problem.code(), problem.text()), null);
    }
}
