package dev.gatehouse.security;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/** The credentials were not compared: the client, or the server, has too many logins. */
class LoginRefusedException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final Duration retryAfter;

    LoginRefusedException(HttpStatus status, Duration retryAfter) {
        super("Too many logins");
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** Answers without an error page, which would cost more than the refusal. */
    void writeTo(HttpServletResponse response) {
        long wholeSeconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        response.setStatus(status.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wholeSeconds));
        response.setContentLength(0);
    }
}
