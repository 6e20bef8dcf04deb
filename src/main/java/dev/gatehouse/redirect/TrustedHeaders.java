package dev.gatehouse.redirect;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets the site see a gateway's headers only where that gateway sent them: nobody else can name its
 * users, and its secret goes no further than here.
 */
class TrustedHeaders {

    private final List<Gateway> gateways;

    /** All headers that are a gateway's to send. */
    private final List<String> reserved;

    TrustedHeaders(List<Gateway> gateways) {
        this.gateways = gateways;
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Gateway gateway : gateways) {
            names.add(gateway.header());
            names.addAll(gateway.userHeaders());
        }
        this.reserved = List.copyOf(names);
    }

    /**
     * @param caller the gateway that sent the request, or null
     */
    HttpServletRequest apply(HttpServletRequest request, @Nullable GatewayPrincipal caller) {
        Gateway gateway = caller == null ? null : named(caller.gateway());
        if (gateway == null) {
            return hasReserved(request)
                    ? new CleanedRequest(request, lowerCase(reserved), request.getRemoteAddr())
                    : request;
        }
        Set<String> hidden = lowerCase(reserved);
        hidden.removeAll(lowerCase(gateway.userHeaders()));
        return new CleanedRequest(request, hidden, ForwardedClient.of(request, gateway.networks()));
    }

    private @Nullable Gateway named(String name) {
        return gateways.stream().filter(g -> g.name().equals(name)).findFirst().orElse(null);
    }

    private boolean hasReserved(HttpServletRequest request) {
        for (String name : reserved) {
            if (request.getHeader(name) != null) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> lowerCase(List<String> names) {
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
