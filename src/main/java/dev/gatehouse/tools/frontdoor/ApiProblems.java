package dev.gatehouse.tools.frontdoor;

import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Every error below {@code /api/} is a problem (RFC 9457) with a {@code code} for programs; errors
 * of pages are left to the error pages.
 */
@RestControllerAdvice
class ApiProblems {

    private static final Logger logger = LoggerFactory.getLogger(ApiProblems.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(Exception ex, HttpServletRequest request)
            throws Exception {
        if (!request.getRequestURI().startsWith("/api/")) {
            throw ex;
        }
        return switch (ex) {
            case ErrorResponse response -> answer(response);
            case HttpMessageNotReadableException _ -> answer(ApiProblem.BODY.exception());
            default -> {
                logger.error("An API request failed", ex);
                yield answer(ApiProblem.INTERNAL.exception());
            }
        };
    }

    private static ResponseEntity<ProblemDetail> answer(ErrorResponse response) {
        ProblemDetail problem = response.getBody();
        if (problem.getProperties() == null || !problem.getProperties().containsKey("code")) {
            ApiProblem.ofStatus(response.getStatusCode().value()).describe(problem);
        }
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header("Cache-Control", "no-store")
                .body(problem);
    }
}
