package dev.gatehouse.tools.frontdoor;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Every error below {@code /api/} is a problem (RFC 9457) with a {@code code} for programs; errors
 * of pages are left to the error pages.
 */
@RestControllerAdvice
class ApiProblems {

    private static final Logger logger = LoggerFactory.getLogger(ApiProblems.class);

    static ErrorResponseException problem(HttpStatus status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        return new ErrorResponseException(status, problem, null);
    }

    static ErrorResponseException tooMany(String code, String detail, Duration wait) {
        ErrorResponseException problem = problem(HttpStatus.TOO_MANY_REQUESTS, code, detail);
        String seconds = Long.toString(Math.max(1, wait.toSeconds() + 1));
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, seconds);
        return problem;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(Exception ex, HttpServletRequest request)
            throws Exception {
        if (!request.getRequestURI().startsWith("/api/")) {
            throw ex;
        }
        return switch (ex) {
            case ErrorResponse response -> answer(response);
            case HttpMessageNotReadableException _ ->
                    answer(
                            problem(
                                    HttpStatus.BAD_REQUEST,
                                    "body",
                                    "The body is not a JSON object of the documented form."));
            default -> {
                logger.error("An API request failed", ex);
                yield answer(
                        problem(
                                HttpStatus.INTERNAL_SERVER_ERROR,
                                "internal",
                                "The server failed to answer the request."));
            }
        };
    }

    private static ResponseEntity<ProblemDetail> answer(ErrorResponse response) {
        ProblemDetail problem = response.getBody();
        if (problem.getProperties() == null || !problem.getProperties().containsKey("code")) {
            problem.setProperty("code", code(response.getStatusCode().value()));
        }
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header("Cache-Control", "no-store")
                .body(problem);
    }

    /** The code of a problem that Spring makes. */
    private static String code(int status) {
        return switch (status) {
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 415 -> "unsupported-media-type";
            default -> status < 500 ? "bad-request" : "internal";
        };
    }
}
