package dev.gatehouse.redirect;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Collections;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * A page that says how the site sees the request, and one that fails. Without an annotation, so
 * that no other test's application finds it.
 */
class WhoAmI {

    @Bean
    RouterFunction<ServerResponse> whoAmIPages() {
        return RouterFunctions.route()
                .GET("/whoami", request -> ServerResponse.ok().body(seen(request.servletRequest())))
                .GET(
                        "/fails",
                        _ -> {
                            throw new IllegalStateException("as asked");
                        })
                .build();
    }

    private static String seen(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return "%s from %s, user %s, secret %s, headers %s"
                .formatted(
                        principal == null ? "nobody" : principal.getName(),
                        request.getRemoteAddr(),
                        request.getHeader("X-Proxy-User"),
                        request.getHeader("X-Proxy-Secret"),
                        Collections.list(request.getHeaderNames()));
    }
}
