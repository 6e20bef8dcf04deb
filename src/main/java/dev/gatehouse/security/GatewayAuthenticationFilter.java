package dev.gatehouse.security;

import dev.gatehouse.gateway.GatewayPrincipal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates the request of an API gateway as the principal that the redirect filter found. It
 * is in the site's chain only: a gateway has no access to the actuator.
 */
class GatewayAuthenticationFilter extends OncePerRequestFilter {

    private static final String ROLE = "ROLE_GATEWAY";

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        GatewayPrincipal caller = GatewayPrincipal.of(request);
        if (caller != null) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(authenticated(caller));
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    private static AbstractAuthenticationToken authenticated(GatewayPrincipal caller) {
        return UsernamePasswordAuthenticationToken.authenticated(
                caller, null, AuthorityUtils.createAuthorityList(ROLE));
    }
}
