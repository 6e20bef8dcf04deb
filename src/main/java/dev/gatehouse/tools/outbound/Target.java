package dev.gatehouse.tools.outbound;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL that may be visited, as far as its text tells. What its name leads to is a matter of {@link
 * Resolver}, at each visit again.
 *
 * @param host in lower case and ASCII; an IPv6 literal in brackets
 * @param port 80 or 443
 * @param path path and query, beginning with a slash
 */
public record Target(Scheme scheme, String host, int port, String path) {

    private static final int LONGEST = 2048;
    private static final Pattern URL =
            Pattern.compile(
                    "(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://)?"
                            + "(\\[[^]/?#]*]|[^:/?#\\[\\]]*)(?::([0-9]{0,5}))?([/?][^#]*)?(?:#.*)?");

    /** A target, or why the text is none. */
    public sealed interface Parsed {}

    public record Accepted(Target target) implements Parsed {}

    public record Refused(Refusal refusal) implements Parsed {}

    /** Reads what somebody typed, or where a redirect leads: a URL, or a host alone. */
    public static Parsed parse(String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return new Refused(Refusal.EMPTY);
        }
        if (text.length() > LONGEST) {
            return new Refused(Refusal.TOO_LONG);
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c == '\\' || c == 0x7f || c == '\u00a0')) {
            return new Refused(Refusal.CHARACTERS);
        }
        return parseUrl(text.contains("://") ? text : "http://" + withoutSlashes(text));
    }

    private static String withoutSlashes(String text) {
        return text.startsWith("//") ? text.substring(2) : text;
    }

    private static Parsed parseUrl(String text) {
        int authority = text.indexOf("://") + 3;
        Optional<Scheme> scheme = Scheme.of(text.substring(0, authority - 3));
        if (scheme.isEmpty()) {
            return new Refused(Refusal.SCHEME);
        }
        if (text.substring(authority).split("[/?#]", 2)[0].indexOf('@') >= 0) {
            return new Refused(Refusal.USERINFO);
        }
        Matcher url = URL.matcher(text);
        return url.matches()
                ? of(scheme.get(), url.group(2), url.group(3), url.group(4))
                : new Refused(Refusal.HOST_FORM);
    }

    private static Parsed of(
            Scheme scheme, String host, @Nullable String port, @Nullable String path) {
        int number = port == null || port.isEmpty() ? scheme.port() : Integer.parseInt(port);
        if (number != Scheme.HTTP.port() && number != Scheme.HTTPS.port()) {
            return new Refused(Refusal.PORT);
        }
        String rest = path == null ? "/" : path.startsWith("?") ? "/" + path : path;
        return switch (HostName.parse(host)) {
            case HostName.Good(var name) -> new Accepted(new Target(scheme, name, number, rest));
            case HostName.Refused(var refusal) -> new Refused(refusal);
        };
    }

    /** As it stands in a {@code Host} header: with the port where it is not the scheme's own. */
    public String authority() {
        return port == scheme.port() ? host : host + ":" + port;
    }

    /** The whole URL. */
    public String url() {
        return scheme.text() + "://" + authority() + path;
    }
}
