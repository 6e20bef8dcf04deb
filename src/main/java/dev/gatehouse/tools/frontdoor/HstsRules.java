package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HSTS;

import dev.gatehouse.tools.outbound.Exchange;
import dev.gatehouse.tools.outbound.Exchange.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Strict-Transport-Security (RFC 6797), by Observatory's and hstspreload.org's names. */
record HstsRules(Answered tls, Exchange plain) {

    private static final String HEADER = "Strict-Transport-Security";
    private static final long SIX_MONTHS = 15_552_000; // of 30 days, as Observatory has them
    private static final long ONE_YEAR = 31_536_000;
    private static final Pattern MAX_AGE = Pattern.compile("max-age\\s*=\\s*\"?([0-9]{1,15})\"?");

    List<Finding> judge() {
        List<Finding> findings = new ArrayList<>();
        List<String> values = tls.answer().values(HEADER);
        if (values.isEmpty()) {
            findings.add(missing());
        } else {
            String value = values.getFirst().toLowerCase(Locale.ROOT);
            OptionalLong maxAge = maxAge(value);
            findings.add(values.size() > 1 || maxAge.isEmpty() ? invalid() : age(maxAge));
            findings.add(preload(value, maxAge.orElse(0)));
        }
        if (plain instanceof Answered answered && answered.answer().header(HEADER).isPresent()) {
            findings.add(onPlainHttp(answered));
        }
        return findings;
    }

    private static OptionalLong maxAge(String value) {
        Matcher matcher = MAX_AGE.matcher(value);
        return matcher.find()
                ? OptionalLong.of(Long.parseLong(matcher.group(1)))
                : OptionalLong.empty();
    }

    private Finding missing() {
        return Finding.bad(
                HSTS,
                "hsts-not-implemented",
                20,
                "There is no Strict-Transport-Security over HTTPS.",
                Evidence.of(tls),
                "Send Strict-Transport-Security: max-age=31536000 over HTTPS.");
    }

    private Finding invalid() {
        return Finding.bad(
                HSTS,
                "hsts-header-invalid",
                20,
                "Strict-Transport-Security is not understood, or stands there twice.",
                Evidence.of(tls),
                "Send it once, with a max-age in seconds.");
    }

    private Finding age(OptionalLong maxAge) {
        return maxAge.orElse(0) >= SIX_MONTHS
                ? Finding.good(
                        HSTS,
                        "hsts-implemented-max-age-at-least-six-months",
                        "HSTS holds for six months or more.",
                        Evidence.of(tls))
                : Finding.weak(
                        HSTS,
                        "hsts-implemented-max-age-less-than-six-months",
                        10,
                        "HSTS holds for less than six months.",
                        Evidence.of(tls),
                        "Raise max-age to 31536000 once everything works over HTTPS.");
    }

    /** What hstspreload.org would say: nobody has to be on that list, so it costs nothing. */
    private Finding preload(String value, long maxAge) {
        List<String> unmet = new ArrayList<>();
        if (maxAge < ONE_YEAR) {
            unmet.add("header.preloadable.max_age.below_1_year");
        }
        if (!value.contains("includesubdomains")) {
            unmet.add("header.preloadable.include_sub_domains.missing");
        }
        if (!value.contains("preload")) {
            unmet.add("header.preloadable.preload.missing");
        }
        return unmet.isEmpty()
                ? Finding.bonus(
                        HSTS,
                        "hsts-preloadable",
                        5,
                        "The header meets the conditions of the preload list.",
                        Evidence.of(tls))
                : Finding.note(
                        HSTS,
                        unmet.getFirst(),
                        "Not for the preload list as it is: " + String.join(", ", unmet) + ".",
                        Evidence.of(tls));
    }

    private static Finding onPlainHttp(Answered answered) {
        return Finding.weak(
                HSTS,
                "hsts-on-http",
                2,
                "Strict-Transport-Security is sent over plain HTTP, where it must not be (RFC 6797,"
                        + " 7.2).",
                Evidence.of(answered),
                "Send it over HTTPS alone.");
    }
}
