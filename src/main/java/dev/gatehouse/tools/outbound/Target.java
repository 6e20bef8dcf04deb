package dev.gatehouse.tools.outbound;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides by its text whether a URL may be visited. Which addresses its host leads to is a matter
 * of {@link AddressResolver}, again at each connection.
 */
public final class Target {

    private static final int LONGEST = 2048;
    private static final int LONGEST_NAME = 253;

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile("(?:" + LABEL + "\\.)+" + LABEL);
    private static final Pattern QUAD = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}");

    /** Names that only a private network knows (RFC 6761, 6762, 7686, 8375, ICANN 2024). */
    private static final List<String> LOCAL =
            List.of(
                    "localhost",
                    "local",
                    "internal",
                    "home.arpa",
                    "onion",
                    "alt",
                    "lan",
                    "intranet");

    private Target() {}

    /** A URL that may be visited, or why the text is none. */
    public sealed interface Parsed {}

    /** It may be visited. */
    public record Accepted(HttpUrl url) implements Parsed {}

    /** It may not. */
    public record Refused(TargetRefusal refusal) implements Parsed {}

    /**
     * Reads what a user typed: a URL, or a host alone. The odd forms of an IPv4 address ({@code
     * 127.1}, {@code 0x7f000001}) are refused as they are written.
     */
    public static Parsed parse(String typed) {
        return parse(typed, TargetPolicy.PUBLIC);
    }

    static Parsed parse(String typed, TargetPolicy policy) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return new Refused(TargetRefusal.EMPTY);
        }
        if (text.length() > LONGEST) {
            return new Refused(TargetRefusal.TOO_LONG);
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c == '\\' || c == 0x7f || c == '\u00a0')) {
            return new Refused(TargetRefusal.CHARACTERS);
        }
        String url = hasScheme(text) ? text : "http://" + withoutSlashes(text);
        int start = url.indexOf("://") + 3;
        if (Scheme.of(url.substring(0, start - 3)).isEmpty()) {
            return new Refused(TargetRefusal.SCHEME);
        }
        return parse(url, url.substring(start).split("[/?#]", 2)[0], policy);
    }

    /** The same by HTTPS, where no scheme is given. */
    public static String withHttps(String typed) {
        String text = typed.strip();
        return text.isEmpty() || hasScheme(text) ? text : "https://" + withoutSlashes(text);
    }

    /** Not a URL in the query of one without a scheme. */
    private static boolean hasScheme(String text) {
        int end = text.indexOf("://");
        return end >= 0 && text.substring(0, end).chars().noneMatch(c -> "/?#".indexOf(c) >= 0);
    }

    private static String withoutSlashes(String text) {
        return text.startsWith("//") ? text.substring(2) : text;
    }

    private static Parsed parse(String url, String authority, TargetPolicy policy) {
        if (authority.indexOf('@') >= 0) {
            return new Refused(TargetRefusal.USERINFO);
        }
        int colon = authority.indexOf(':', Math.max(0, authority.indexOf(']')));
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String port = colon < 0 ? "" : authority.substring(colon + 1);
        if (host.isEmpty() || host.indexOf('%') >= 0 || !port.matches("[0-9]*")) {
            return new Refused(TargetRefusal.HOST_FORM);
        }
        if (port.length() > 5 || !(port.isEmpty() || policy.allows(Integer.parseInt(port)))) {
            return new Refused(TargetRefusal.PORT);
        }
        return HttpUrl.parse(url) instanceof HttpUrl.Http(var parsed) && isUsualForm(host, parsed)
                ? of(parsed, policy)
                : new Refused(TargetRefusal.HOST_FORM);
    }

    /** Whether the host is an address only where it was written as one. */
    private static boolean isUsualForm(String host, HttpUrl url) {
        return !QUAD.matcher(url.host()).matches()
                || DomainName.toAscii(host)
                        .map(Target::withoutLastDot)
                        .equals(Optional.of(url.host()));
    }

    /** Decides about a URL that a reference led to. */
    public static Parsed of(HttpUrl url) {
        return of(url, TargetPolicy.PUBLIC);
    }

    static Parsed of(HttpUrl url, TargetPolicy policy) {
        if (!url.userinfo().isEmpty()) {
            return new Refused(TargetRefusal.USERINFO);
        }
        boolean opened = policy.opens(url);
        if (!opened && !policy.allows(url.port())) {
            return new Refused(TargetRefusal.PORT);
        }
        String host = withoutLastDot(url.host());
        boolean localNames = opened || policy.localNames();
        if (!localNames && isLocal(host)) {
            return new Refused(TargetRefusal.LOCAL_NAME);
        }
        boolean valid =
                host.startsWith("[")
                        || (host.length() <= LONGEST_NAME
                                && (NAME.matcher(host).matches()
                                        || (localNames && host.matches(LABEL))));
        return valid ? new Accepted(url.withHost(host)) : new Refused(TargetRefusal.HOST_FORM);
    }

    private static boolean isLocal(String host) {
        return LOCAL.stream().anyMatch(local -> host.equals(local) || host.endsWith("." + local));
    }

    private static String withoutLastDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
