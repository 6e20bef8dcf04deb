package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's facts, put together for a test: a public client's GET of the site unless changed. */
record Facts(
        ConnectorName connector,
        String peer,
        String method,
        @Nullable String host,
        String path,
        @Nullable String query,
        List<String> headers) {

    static final String PUBLIC_CLIENT = "203.0.113.7";

    static Facts plain() {
        return new Facts(
                ConnectorName.HTTP,
                PUBLIC_CLIENT,
                "GET",
                "www.example.com",
                "/a/b",
                null,
                List.of());
    }

    static Facts tls() {
        return new Facts(
                ConnectorName.HTTPS,
                PUBLIC_CLIENT,
                "GET",
                "www.example.com",
                "/a/b",
                null,
                List.of());
    }

    Facts from(String newPeer) {
        return new Facts(connector, newPeer, method, host, path, query, headers);
    }

    Facts by(String newMethod) {
        return new Facts(connector, peer, newMethod, host, path, query, headers);
    }

    Facts at(@Nullable String newHost) {
        return new Facts(connector, peer, method, newHost, path, query, headers);
    }

    Facts of(String newPath) {
        return new Facts(connector, peer, method, host, newPath, query, headers);
    }

    Facts asking(@Nullable String newQuery) {
        return new Facts(connector, peer, method, host, path, newQuery, headers);
    }

    /** Each as {@code Name: value}. */
    Facts with(String... lines) {
        return new Facts(connector, peer, method, host, path, query, Arrays.asList(lines));
    }

    RedirectRequest request() {
        return new RedirectRequest(connector, peer, method, host, path, query, new Lines(headers));
    }

    private record Lines(List<String> lines) implements RedirectRequest.Headers {

        @Override
        public @Nullable String first(String name) {
            return values(name).stream().findFirst().orElse(null);
        }

        @Override
        public List<String> values(String name) {
            String prefix = name + ": ";
            return lines.stream()
                    .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
                    .map(line -> line.substring(prefix.length()))
                    .toList();
        }

        @Override
        public Collection<String> names() {
            return lines.stream().map(line -> line.substring(0, line.indexOf(": "))).toList();
        }
    }
}
