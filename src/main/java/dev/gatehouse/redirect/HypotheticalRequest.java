package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/** Builds the request that the endpoint is asked to explain. */
final class HypotheticalRequest {

    /** An address of the documentation range (RFC 5737) for a client on the internet. */
    private static final String INTERNET_CLIENT = "203.0.113.1";

    private HypotheticalRequest() {}

    static RedirectRequest of(
            String url, @Nullable String method, @Nullable String peer, @Nullable Object header) {
        ConnectorName connector = connector(url);
        String rest = url.substring(url.indexOf("://") + 3);
        int pathStart = indexOfAny(rest, "/?");
        int queryStart = rest.indexOf('?', pathStart);
        Lines headers = new Lines(lines(header));
        String path = rest.substring(pathStart, queryStart < 0 ? rest.length() : queryStart);
        String host = headers.first("Host");
        return new RedirectRequest(
                connector,
                address(peer == null ? INTERNET_CLIENT : peer),
                method == null ? "GET" : method,
                host == null ? rest.substring(0, pathStart) : host,
                path.isEmpty() ? "/" : path,
                queryStart < 0 ? null : rest.substring(queryStart + 1),
                headers);
    }

    private static ConnectorName connector(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://")) {
            return ConnectorName.HTTP;
        }
        if (lower.startsWith("https://")) {
            return ConnectorName.HTTPS;
        }
        throw invalid("url must be absolute, such as http://www.example.com/path");
    }

    private static int indexOfAny(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static String address(String peer) {
        try {
            InetAddress.ofLiteral(peer);
            return peer;
        } catch (IllegalArgumentException _) {
            throw invalid("peer must be an address, such as 10.1.2.3 or ::1");
        }
    }

    private static List<Line> lines(@Nullable Object header) {
        List<Line> lines = new ArrayList<>();
        switch (header) {
            case null -> {}
            case Collection<?> several -> several.forEach(one -> lines.add(line(one.toString())));
            default -> lines.add(line(header.toString()));
        }
        return lines;
    }

    private static Line line(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw invalid("header must be of the form Name: value");
        }
        return new Line(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
    }

    /** Says nothing of what was given: a header may be a secret. */
    private static InvalidEndpointRequestException invalid(String message) {
        return new InvalidEndpointRequestException(message, message);
    }

    private record Line(String name, String value) {}

    /** Headers as the question lists them. */
    private record Lines(List<Line> lines) implements RedirectRequest.Headers {

        @Override
        public @Nullable String first(String name) {
            List<String> values = values(name);
            return values.isEmpty() ? null : values.getFirst();
        }

        @Override
        public List<String> values(String name) {
            return lines.stream()
                    .filter(line -> line.name.equalsIgnoreCase(name))
                    .map(Line::value)
                    .toList();
        }

        @Override
        public Collection<String> names() {
            return lines.stream().map(Line::name).toList();
        }
    }
}
