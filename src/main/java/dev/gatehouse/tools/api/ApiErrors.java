package dev.gatehouse.tools.api;

import dev.gatehouse.tools.job.JobStoreException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/**
 * Every error below {@code /api/} is a problem (RFC 9457) with a {@code code} for programs; errors
 * of pages are left to the error pages.
 */
@RestControllerAdvice
class ApiErrors {

    private static final Logger logger = LoggerFactory.getLogger(ApiErrors.class);
    private static final Duration RETRY = Duration.ofSeconds(4);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(Exception ex, HttpServletRequest request)
            throws Exception {
        if (!request.getRequestURI().startsWith(ApiPath.ROOT)
                || ex instanceof AsyncRequestNotUsableException) {
            throw ex;
        }
        return switch (ex) {
            case ErrorResponse response -> answer(response);
            case JobStoreException _ -> answer(ApiProblem.UNAVAILABLE.exception(RETRY));
            default -> {
                logger.error("An API request failed", ex);
                yield answer(ApiProblem.INTERNAL.exception());
            }
        };
    }

    private static ResponseEntity<ProblemDetail> answer(ErrorResponse response) {
        ProblemDetail problem = response.getBody();
        if (problem.getProperties() == null || !problem.getProperties().containsKey("code")) {
            int status = response.getStatusCode().value();
            ApiProblem known = ApiProblem.ofStatus(status);
            problem = known.body(HttpStatus.valueOf(status), known.detail());
        }
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header("Cache-Control", "no-store")
                .body(problem);
    }
}
