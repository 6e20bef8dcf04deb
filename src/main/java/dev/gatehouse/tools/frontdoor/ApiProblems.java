package dev.gatehouse.tools.frontdoor;

import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every error below {@code /api/} is a problem (RFC 9457); pages have pages. */
@RestControllerAdvice
class ApiProblems {

    private static final Logger logger = LoggerFactory.getLogger(ApiProblems.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(Exception ex, HttpServletRequest request)
            throws Exception {
        if (!request.getRequestURI().startsWith("/api/")) {
            throw ex; // left to those who make pages
        }
        return switch (ex) {
            case ErrorResponse response -> answer(response);
            case HttpMessageNotReadableException _ ->
                    answer(
                            Problem.of(
                                    HttpStatus.BAD_REQUEST,
                                    "body",
                                    "The body is not the JSON that is asked for."));
            default -> {
                logger.error("An API request failed", ex);
                yield answer(
                        Problem.of(
                                HttpStatus.INTERNAL_SERVER_ERROR,
                                "internal",
                                "Something broke on our side."));
            }
        };
    }

    private static ResponseEntity<ProblemDetail> answer(ErrorResponse response) {
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header("Cache-Control", "no-store")
                .body(response.getBody());
    }
}
