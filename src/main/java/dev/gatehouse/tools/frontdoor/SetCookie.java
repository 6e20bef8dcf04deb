package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.outbound.RawResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A {@code Set-Cookie} field (RFC 6265, 5.2).
 *
 * @param name as it was received
 * @param attributes in lower case, with their values
 */
record SetCookie(String name, String value, List<String> attributes) {

    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    /** The cookies of a response; a field without a name sets none. */
    static List<SetCookie> all(RawResponse response) {
        return response.values("Set-Cookie").stream().flatMap(SetCookie::parse).toList();
    }

    private static Stream<SetCookie> parse(String field) {
        String[] parts = field.split(";", -1);
        int equals = parts[0].indexOf('=');
        String name = parts[0].substring(0, Math.max(0, equals)).strip();
        if (name.isEmpty()) {
            return Stream.empty();
        }
        List<String> attributes =
                Stream.of(parts).skip(1).map(a -> a.strip().toLowerCase(Locale.ROOT)).toList();
        return Stream.of(new SetCookie(name, parts[0].substring(equals + 1).strip(), attributes));
    }

    String pair() {
        return name + "=" + value;
    }

    boolean has(String attribute) {
        return attributes.stream().anyMatch(a -> name(a).equals(attribute));
    }

    /** The value of that attribute, the last where it is repeated; empty where it is missing. */
    String value(String attribute) {
        return attributes.stream()
                .filter(a -> name(a).equals(attribute))
                .map(a -> a.substring(Math.min(a.length(), name(a).length() + 1)).strip())
                .reduce("", (_, last) -> last);
    }

    private static String name(String attribute) {
        return attribute.split("=", 2)[0].strip();
    }

    /** Whether it removes the cookie: Max-Age takes precedence over Expires (RFC 6265, 5.3). */
    boolean isDeletion(Instant now) {
        String maxAge = value("max-age");
        if (maxAge.matches("-?[0-9]+")) {
            return maxAge.startsWith("-") || maxAge.chars().allMatch(c -> c == '0');
        }
        return expiry(value("expires")).filter(end -> !end.isAfter(now)).isPresent();
    }

    /** RFC 6265, 5.1.1: the first of each kind of token, whatever their order. */
    private static Optional<Instant> expiry(String date) {
        List<String> tokens = new ArrayList<>(List.of(date.split("[^0-9a-z:]+", -1)));
        Optional<Matcher> time =
                take(tokens, "([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[^0-9].*)?");
        Optional<Matcher> day = take(tokens, "([0-9]{1,2})(?:[^0-9].*)?");
        Optional<Matcher> month = take(tokens, "(" + String.join("|", MONTHS) + ").*");
        Optional<Matcher> year = take(tokens, "([0-9]{2,4})(?:[^0-9].*)?");
        if (time.isEmpty() || day.isEmpty() || month.isEmpty() || year.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDateTime.of(
                                    fullYear(number(year.get(), 1)),
                                    MONTHS.indexOf(month.get().group(1)) + 1,
                                    number(day.get(), 1),
                                    number(time.get(), 1),
                                    number(time.get(), 2),
                                    number(time.get(), 3))
                            .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<Matcher> take(List<String> tokens, String form) {
        Pattern pattern = Pattern.compile(form);
        for (int i = 0; i < tokens.size(); i++) {
            Matcher matcher = pattern.matcher(tokens.get(i));
            if (matcher.matches()) {
                tokens.remove(i);
                return Optional.of(matcher);
            }
        }
        return Optional.empty();
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static int fullYear(int year) {
        return year >= 100 ? year : year >= 70 ? year + 1900 : year + 2000;
    }
}
