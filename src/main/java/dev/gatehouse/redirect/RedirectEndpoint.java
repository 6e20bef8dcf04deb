package dev.gatehouse.redirect;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Actuator's {@code redirect}: the policy in force, or what it makes of a request that you name.
 */
@Endpoint(id = "redirect")
class RedirectEndpoint {

    private final CurrentRedirect redirect;
    private final RedirectMetrics metrics;

    RedirectEndpoint(CurrentRedirect redirect, RedirectMetrics metrics) {
        this.redirect = redirect;
        this.metrics = metrics;
    }

    /**
     * @param url an absolute URL, of which the scheme says the connector; without one the answer is
     *     the policy in force
     * @param method GET unless given
     * @param peer the socket's peer, as an address; a client on the internet unless given
     * @param header one {@code Name: value} or several. Not a list: Spring's conversion would split
     *     a value at its commas.
     */
    @ReadOperation
    Object redirect(
            @Nullable String url,
            @Nullable String method,
            @Nullable String peer,
            @Nullable Object header) {
        RedirectSettings settings = redirect.get();
        return url == null
                ? PolicyDescription.of(settings, metrics)
                : DecisionExplanation.of(
                        settings.policy(), HypotheticalRequest.of(url, method, peer, header));
    }
}
