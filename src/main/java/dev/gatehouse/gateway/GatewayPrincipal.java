package dev.gatehouse.gateway;

import jakarta.servlet.ServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * An API gateway that proved who it is.
 *
 * @param gateway as it was configured when the request came: a reload changes nothing for it
 * @param secret which of its secrets it gave, from 1: once the old one of two is given no more, it
 *     can go
 */
public record GatewayPrincipal(Gateway gateway, int secret) implements Principal {

    private static final String ATTRIBUTE = GatewayPrincipal.class.getName();

    /** The gateway that a request came from, or null where it came from none. */
    public static @Nullable GatewayPrincipal of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof GatewayPrincipal caller ? caller : null;
    }

    /** Attaches the principal to a request that the gateway sent. */
    public void markOn(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** {@code gateway:NAME}. */
    @Override
    public String getName() {
        return "gateway:" + gateway.name();
    }
}
