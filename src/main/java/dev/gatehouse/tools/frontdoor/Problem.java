package dev.gatehouse.tools.frontdoor;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Problems of the tool (RFC 9457). Each has a {@code code} that a program can go by. */
final class Problem {

    private Problem() {}

    static ErrorResponseException of(HttpStatus status, String code, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        return new ErrorResponseException(status, problem, null);
    }

    /** Too much for now. */
    static ErrorResponseException tooMany(String code, String detail, Duration wait) {
        ErrorResponseException problem = of(HttpStatus.TOO_MANY_REQUESTS, code, detail);
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, seconds(wait));
        return problem;
    }

    /** Whole seconds, and never none. */
    static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.toSeconds() + 1));
    }
}
