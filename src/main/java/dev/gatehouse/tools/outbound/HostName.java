package dev.gatehouse.tools.outbound;

import dev.gatehouse.connector.IpAddressFormat;
import java.net.IDN;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host of a target, in the one form that every resolver reads alike. The odd forms of an
 * address ({@code 127.1}, {@code 0x7f000001}, {@code 2130706433}, {@code 0177.0.0.1}) are refused
 * as they are written, lest one reader take for a name what another takes for loopback.
 */
final class HostName {

    private static final int LONGEST = 253;
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern QUAD =
            Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

    /** A last label that some reader takes for a number (WHATWG URL, "ends in a number"). */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

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

    private HostName() {}

    /** What the text comes to: a lower-case ASCII name or literal, or why it is refused. */
    static Result parse(String text) {
        if (text.startsWith("[")) {
            return literal(text);
        }
        String name = ascii(text);
        if (name == null || name.isEmpty() || name.length() > LONGEST) {
            return new Refused(Refusal.HOST_FORM);
        }
        if (NUMBER.matcher(name.substring(name.lastIndexOf('.') + 1)).matches()) {
            return quad(name);
        }
        if (LOCAL.stream().anyMatch(local -> name.equals(local) || name.endsWith("." + local))) {
            return new Refused(Refusal.LOCAL_NAME);
        }
        return NAME.matcher(name).matches() ? new Good(name) : new Refused(Refusal.HOST_FORM);
    }

    /** IDNA folds full-width digits and dots: everything is looked at after it, not before. */
    private static @Nullable String ascii(String text) {
        try {
            String ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static Result quad(String name) {
        try {
            return QUAD.matcher(name).matches()
                    ? new Good(IpAddressFormat.format(InetAddress.ofLiteral(name)))
                    : new Refused(Refusal.HOST_FORM);
        } catch (IllegalArgumentException _) {
            return new Refused(Refusal.HOST_FORM);
        }
    }

    /** An IPv6 literal in brackets, without a zone: a zone is an interface of ours. */
    private static Result literal(String text) {
        if (!text.endsWith("]") || text.indexOf('%') >= 0 || text.indexOf(':') < 0) {
            return new Refused(Refusal.HOST_FORM);
        }
        try {
            String inner = text.substring(1, text.length() - 1);
            return new Good("[" + IpAddressFormat.format(InetAddress.ofLiteral(inner)) + "]");
        } catch (IllegalArgumentException _) {
            return new Refused(Refusal.HOST_FORM);
        }
    }

    sealed interface Result {}

    record Good(String name) implements Result {}

    record Refused(Refusal refusal) implements Result {}
}
