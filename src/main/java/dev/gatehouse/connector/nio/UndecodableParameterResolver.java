package dev.gatehouse.connector.nio;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers a request whose parameters cannot be decoded, such as {@code ?x=%zz}, with 400. Tomcat
 * throws when the first of them is read, which Spring takes for an error of the application: 500,
 * and a stack trace in the log for each.
 */
@Order(-1)
public final class UndecodableParameterResolver implements HandlerExceptionResolver {

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Object handler,
            Exception exception) {
        if (!(exception instanceof InvalidParameterException)) {
            return null;
        }
        try {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return new ModelAndView();
    }
}
