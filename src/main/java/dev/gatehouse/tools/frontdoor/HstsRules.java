package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HSTS;

import dev.gatehouse.tools.outbound.HttpExchange;
import dev.gatehouse.tools.outbound.HttpExchange.Answered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Strict-Transport-Security (RFC 6797), by Observatory's and hstspreload.org's names. */
record HstsRules(Answered tls, HttpExchange plain) {

    private static final String HEADER = "Strict-Transport-Security";
    private static final long SIX_MONTHS = 15_552_000; // of 30 days, as Observatory counts them
    private static final long ONE_YEAR = 31_536_000;

    /**
     * A header that follows the grammar (RFC 6797, 6.1); a browser ignores any other.
     *
     * @param maxAge seconds, or a year where it is longer than that
     */
    private record Policy(long maxAge, boolean includeSubDomains, boolean preload) {

        /** A directive or none: quantifiers are possessive, so that matching is linear. */
        private static final Pattern DIRECTIVE =
                Pattern.compile(
                        "\\s*+(?:([!#$%&'*+.^_`|~0-9A-Za-z-]++)\\s*+(?:=\\s*+"
                                + "([!#$%&'*+.^_`|~0-9A-Za-z-]++|\"(?:[^\"\\\\]|\\\\.)*+\")\\s*+)?+)?+"
                                + "(;|\\z)");

        static Optional<Policy> parse(String header) {
            Map<String, String> directives = new HashMap<>();
            Matcher matcher = DIRECTIVE.matcher(header);
            int end = 0;
            while (end <= header.length()) {
                if (!matcher.region(end, header.length()).lookingAt()) {
                    return Optional.empty();
                }
                String name = matcher.group(1);
                String value = matcher.group(2) == null ? "" : matcher.group(2);
                if (name != null && directives.put(name.toLowerCase(Locale.ROOT), value) != null) {
                    return Optional.empty(); // each at most once
                }
                end = matcher.group(3).isEmpty() ? header.length() + 1 : matcher.end();
            }
            String maxAge = directives.getOrDefault("max-age", "").replace("\"", "");
            boolean valid =
                    maxAge.matches("[0-9]++")
                            && directives.getOrDefault("includesubdomains", "").isEmpty();
            return valid
                    ? Optional.of(
                            new Policy(
                                    seconds(maxAge),
                                    directives.containsKey("includesubdomains"),
                                    directives.containsKey("preload")))
                    : Optional.empty();
        }

        private static long seconds(String digits) {
            String significant = digits.replaceFirst("^0++", "");
            return significant.length() > 9
                    ? ONE_YEAR
                    : significant.isEmpty() ? 0 : Long.parseLong(significant);
        }
    }

    List<Finding> judge() {
        List<Finding> findings = new ArrayList<>();
        List<String> values = tls.response().values(HEADER);
        Optional<Policy> policy =
                values.size() == 1 ? Policy.parse(values.getFirst()) : Optional.empty();
        if (values.isEmpty()) {
            findings.add(missing());
        } else if (policy.isEmpty()) {
            findings.add(invalid());
        } else {
            findings.add(age(policy.get()));
            findings.add(preload(policy.get()));
        }
        if (plain instanceof Answered answered && answered.response().header(HEADER).isPresent()) {
            findings.add(onPlainHttp(answered));
        }
        return findings;
    }

    private Finding missing() {
        return Finding.bad(
                HSTS,
                "hsts-not-implemented",
                20,
                "There is no Strict-Transport-Security over HTTPS.",
                Transcript.of(tls),
                "Send Strict-Transport-Security: max-age=31536000 over HTTPS.");
    }

    private Finding invalid() {
        return Finding.bad(
                HSTS,
                "hsts-header-invalid",
                20,
                "Strict-Transport-Security is not valid (RFC 6797, 6.1) or is sent twice, so that"
                        + " browsers may ignore it.",
                Transcript.of(tls),
                "Send it once, as max-age=31536000; includeSubDomains: seconds without a unit,"
                        + " directives separated by semicolons, each once.");
    }

    private Finding age(Policy policy) {
        return policy.maxAge() >= SIX_MONTHS
                ? Finding.good(
                        HSTS,
                        "hsts-implemented-max-age-at-least-six-months",
                        "HSTS is valid for six months or more.",
                        Transcript.of(tls))
                : Finding.weak(
                        HSTS,
                        "hsts-implemented-max-age-less-than-six-months",
                        10,
                        "HSTS is valid for less than six months.",
                        Transcript.of(tls),
                        "Raise max-age to 31536000 once everything works over HTTPS.");
    }

    /** The conditions of hstspreload.org. The list is voluntary, so this costs no points. */
    private Finding preload(Policy policy) {
        List<String> unmet = new ArrayList<>();
        if (policy.maxAge() < ONE_YEAR) {
            unmet.add("header.preloadable.max_age.below_1_year");
        }
        if (!policy.includeSubDomains()) {
            unmet.add("header.preloadable.include_sub_domains.missing");
        }
        if (!policy.preload()) {
            unmet.add("header.preloadable.preload.missing");
        }
        return unmet.isEmpty()
                ? Finding.bonus(
                        HSTS,
                        "hsts-preloadable",
                        5,
                        "The header meets the conditions of the preload list.",
                        Transcript.of(tls))
                : Finding.note(
                        HSTS,
                        unmet.getFirst(),
                        "Not eligible for the preload list: " + String.join(", ", unmet) + ".",
                        Transcript.of(tls));
    }

    private static Finding onPlainHttp(Answered answered) {
        return Finding.weak(
                HSTS,
                "hsts-on-http",
                2,
                "Strict-Transport-Security is sent over plain HTTP, where it must not be (RFC 6797,"
                        + " 7.2).",
                Transcript.of(answered),
                "Send it only over HTTPS.");
    }
}
