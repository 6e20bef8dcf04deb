package dev.gatehouse.gateway;

import dev.gatehouse.connector.Arrival;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets the site see a gateway's headers only in that gateway's own requests, so that no other
 * client can name its users, and never shows it the secret.
 */
public class TrustedHeaders {

    /** All headers that are a gateway's to send. */
    private final List<String> reserved;

    public TrustedHeaders(List<Gateway> gateways) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Gateway gateway : gateways) {
            names.add(gateway.header());
            names.addAll(gateway.userHeaders());
        }
        this.reserved = List.copyOf(names);
    }

    /**
     * The request as the site may see it.
     *
     * @param caller the gateway that sent the request, or null
     */
    public HttpServletRequest apply(HttpServletRequest request, @Nullable GatewayPrincipal caller) {
        if (caller == null) {
            return hasReserved(request)
                    ? new FilteredRequest(request, lowerCase(reserved), sender(request))
                    : request;
        }
        Set<String> hidden = lowerCase(reserved);
        hidden.removeAll(lowerCase(caller.gateway().userHeaders()));
        return new FilteredRequest(request, hidden, client(request, caller.gateway()));
    }

    private static String client(HttpServletRequest request, Gateway gateway) {
        String client = ForwardedClients.client(request, gateway.networks());
        return client == null ? sender(request) : client;
    }

    private static String sender(HttpServletRequest request) {
        String proxied = Arrival.of(request).proxiedClient();
        return proxied == null ? request.getRemoteAddr() : proxied;
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

    /** A request without certain headers, and with the address of the client it is made for. */
    private static final class FilteredRequest extends HttpServletRequestWrapper {

        private final Set<String> hidden;
        private final String client;

        /**
         * @param hidden the names of the headers to hide, in lower case
         */
        FilteredRequest(HttpServletRequest request, Set<String> hidden, String client) {
            super(request);
            this.hidden = hidden;
            this.client = client;
        }

        private boolean isHidden(String name) {
            return hidden.contains(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public @Nullable String getHeader(String name) {
            return isHidden(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(
                    Collections.list(super.getHeaderNames()).stream()
                            .filter(name -> !isHidden(name))
                            .toList());
        }

        @Override
        public int getIntHeader(String name) {
            return isHidden(name) ? -1 : super.getIntHeader(name);
        }

        @Override
        public long getDateHeader(String name) {
            return isHidden(name) ? -1 : super.getDateHeader(name);
        }

        @Override
        public String getRemoteAddr() {
            return client;
        }

        @Override
        public String getRemoteHost() {
            return client;
        }
    }
}
