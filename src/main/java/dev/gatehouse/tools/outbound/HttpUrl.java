package dev.gatehouse.tools.outbound;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An http or https URL as browsers read and write it (WHATWG URL): every reference, from a {@code
 * Location} field or a page, is resolved here. Whether it may be visited is a matter of {@link
 * Target}.
 *
 * @param userinfo user name and password before the {@code @}, or empty
 * @param host in lower case and ASCII; an IPv6 address in brackets
 * @param path begins with a slash
 * @param query without the question mark, or null where there is none
 * @param fragment without the number sign, or null where there is none
 */
public record HttpUrl(
        Scheme scheme,
        String userinfo,
        String host,
        int port,
        String path,
        @Nullable String query,
        @Nullable String fragment) {

    private static final String USERINFO = " \"#<>?`{}/:;=@[\\]^|";
    private static final String PATH = " \"#<>?^`{}";
    private static final String QUERY = " \"#<>'";
    private static final String FRAGMENT = " \"<>`";

    /** What a reference leads to. */
    public sealed interface Resolved {}

    /** To that URL. */
    public record Http(HttpUrl url) implements Resolved {}

    /** To a URL of another scheme, such as {@code mailto}. */
    public record OtherScheme(String scheme) implements Resolved {}

    /** Nowhere: it is not valid. */
    public record Invalid() implements Resolved {}

    /** The URL of that path on that host. */
    public static HttpUrl of(Scheme scheme, String host, String pathAndQuery) {
        return new HttpUrl(scheme, "", host, scheme.port(), "/", null, null)
                .withRest(List.of(), pathAndQuery.substring(1));
    }

    /** Reads a URL that needs no base. */
    public static Resolved parse(String text) {
        return resolve(text, null);
    }

    /** Resolves a reference against this URL. */
    public Resolved resolve(String reference) {
        return resolve(reference, this);
    }

    /** Resolves a reference, where it leads to an http or https URL. */
    public Optional<HttpUrl> resolveHttp(String reference) {
        return resolve(reference) instanceof Http(var url) ? Optional.of(url) : Optional.empty();
    }

    private static Resolved resolve(String reference, @Nullable HttpUrl base) {
        String text = withoutTabsAndLineEnds(withoutControlsAround(reference));
        int colon = schemeEnd(text);
        if (colon < 0) {
            return base == null ? new Invalid() : base.relative(text);
        }
        String name = text.substring(0, colon).toLowerCase(Locale.ROOT);
        Optional<Scheme> scheme = Scheme.of(name);
        if (scheme.isEmpty()) {
            return new OtherScheme(name);
        }
        String rest = text.substring(colon + 1);
        return base != null && base.scheme == scheme.get() && !rest.startsWith("//")
                ? base.relative(rest)
                : absolute(scheme.get(), rest);
    }

    private static String withoutControlsAround(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (start < end && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    private static String withoutTabsAndLineEnds(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\t' && c != '\n' && c != '\r') {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /** The colon after the scheme, or -1 where there is none. */
    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i == 0 ? -1 : i;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !later)) {
                return -1;
            }
        }
        return -1;
    }

    private Resolved relative(String text) {
        if (isSlash(text, 0)) {
            return isSlash(text, 1)
                    ? absolute(scheme, text)
                    : new Http(withRest(List.of(), text.substring(1)));
        }
        if (text.isEmpty() || text.charAt(0) == '#') {
            String hash = text.isEmpty() ? null : encode(text.substring(1), FRAGMENT);
            return new Http(new HttpUrl(scheme, userinfo, host, port, path, query, hash));
        }
        if (text.charAt(0) == '?') {
            int hash = text.indexOf('#');
            return new Http(
                    new HttpUrl(
                            scheme,
                            userinfo,
                            host,
                            port,
                            path,
                            encode(text.substring(1, hash < 0 ? text.length() : hash), QUERY),
                            hash < 0 ? null : encode(text.substring(hash + 1), FRAGMENT)));
        }
        List<String> segments = Arrays.asList(path.substring(1).split("/", -1));
        return new Http(withRest(segments.subList(0, segments.size() - 1), text));
    }

    private static Resolved absolute(Scheme scheme, String text) {
        int start = 0;
        while (isSlash(text, start)) {
            start++;
        }
        int end = start;
        while (end < text.length() && "/\\?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String authority = text.substring(start, end);
        int at = authority.lastIndexOf('@');
        String hostAndPort = authority.substring(at + 1);
        int colon = hostAndPort.indexOf(':', Math.max(0, hostAndPort.lastIndexOf(']')));
        String hostText = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
        int port = colon < 0 ? scheme.port() : port(hostAndPort.substring(colon + 1), scheme);
        Optional<String> host = Host.parse(hostText);
        if (host.isEmpty() || port < 0) {
            return new Invalid();
        }
        HttpUrl root =
                new HttpUrl(
                        scheme,
                        userinfo(at < 0 ? "" : authority.substring(0, at)),
                        host.get(),
                        port,
                        "/",
                        null,
                        null);
        String rest = text.substring(end);
        return new Http(root.withRest(List.of(), isSlash(rest, 0) ? rest.substring(1) : rest));
    }

    private static boolean isSlash(String text, int at) {
        return at < text.length() && (text.charAt(at) == '/' || text.charAt(at) == '\\');
    }

    private static int port(String digits, Scheme scheme) {
        if (digits.isEmpty()) {
            return scheme.port();
        }
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            port = port * 10 + c - '0';
            if (port > 0xffff) {
                return -1;
            }
        }
        return port;
    }

    private static String userinfo(String text) {
        int colon = text.indexOf(':');
        String user = encode(colon < 0 ? text : text.substring(0, colon), USERINFO);
        String password = colon < 0 ? "" : encode(text.substring(colon + 1), USERINFO);
        return password.isEmpty() ? user : user + ":" + password;
    }

    /** This URL's origin with a path that goes on from those segments, a query and a fragment. */
    private HttpUrl withRest(List<String> segments, String text) {
        int hash = text.indexOf('#');
        String beforeHash = hash < 0 ? text : text.substring(0, hash);
        int mark = beforeHash.indexOf('?');
        return new HttpUrl(
                scheme,
                userinfo,
                host,
                port,
                path(segments, mark < 0 ? beforeHash : beforeHash.substring(0, mark)),
                mark < 0 ? null : encode(beforeHash.substring(mark + 1), QUERY),
                hash < 0 ? null : encode(text.substring(hash + 1), FRAGMENT));
    }

    private static String path(List<String> from, String text) {
        List<String> segments = new ArrayList<>(from);
        String[] parts = text.split("[/\\\\]", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            int dots = dots(parts[i]);
            if (dots == 2 && !segments.isEmpty()) {
                segments.removeLast();
            }
            if (dots == 0) {
                segments.add(encode(parts[i], PATH));
            } else if (last) {
                segments.add("");
            }
        }
        return "/" + String.join("/", segments);
    }

    /** 1 or 2 where the segment means this folder or the one above it, else 0. */
    private static int dots(String segment) {
        return switch (segment.replace("%2e", ".").replace("%2E", ".")) {
            case "." -> 1;
            case ".." -> 2;
            default -> 0;
        };
    }

    /** Percent-encodes controls, what is not ASCII, and these characters; {@code %} stays. */
    private static String encode(String text, String set) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : scalars(text).getBytes(StandardCharsets.UTF_8)) {
            if (b <= ' ' - 1 || b == 0x7f || set.indexOf(b) >= 0) {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
            } else {
                encoded.append((char) b);
            }
        }
        return encoded.toString();
    }

    /** Java would encode half a surrogate pair as a question mark. */
    static String scalars(String text) {
        return text.codePoints()
                .map(c -> c >= 0xd800 && c <= 0xdfff ? 0xfffd : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The same with that scheme; the default port becomes that of the scheme. */
    public HttpUrl withScheme(Scheme other) {
        int otherPort = port == scheme.port() ? other.port() : port;
        return new HttpUrl(other, userinfo, host, otherPort, path, query, fragment);
    }

    HttpUrl withHost(String other) {
        return new HttpUrl(scheme, userinfo, other, port, path, query, fragment);
    }

    /** As it is sent: without its fragment. */
    public HttpUrl withoutFragment() {
        return fragment == null
                ? this
                : new HttpUrl(scheme, userinfo, host, port, path, query, null);
    }

    /** The host, with the port where it is not the scheme's own. */
    public String authority() {
        return port == scheme.port() ? host : host + ":" + port;
    }

    /** Scheme, host and port, such as {@code https://example.com}. */
    public String origin() {
        return scheme.text() + "://" + authority();
    }

    /** Path and query, as they stand in a request. */
    public String pathAndQuery() {
        return query == null ? path : path + "?" + query;
    }

    /** The whole URL (WHATWG URL, 4.5). */
    @Override
    public String toString() {
        return scheme.text()
                + "://"
                + (userinfo.isEmpty() ? "" : userinfo + "@")
                + authority()
                + pathAndQuery()
                + (fragment == null ? "" : "#" + fragment);
    }
}
