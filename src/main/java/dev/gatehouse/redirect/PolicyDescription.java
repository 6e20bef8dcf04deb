package dev.gatehouse.redirect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force, for people to read; no secret.
 *
 * @param decisions counts since the start: by connector, then by outcome and reason
 * @param reported counts of report-only mode: by client class, then by method
 */
record PolicyDescription(
        String mode,
        Names names,
        int httpsPort,
        boolean permanent,
        String hsts,
        List<RuleDescription> rules,
        Map<String, Map<String, Long>> decisions,
        Map<String, Map<String, Long>> reported) {

    /**
     * The names that a redirect may go to.
     *
     * @param source {@code certificate} or {@code configured}
     */
    record Names(
            String source,
            List<String> names,
            String unknownHost,
            @Nullable String canonicalHost,
            boolean canonicalize) {}

    /** A rule and what it is configured to. */
    record RuleDescription(String rule, String configured) {

        static RuleDescription of(Rule rule) {
            return new RuleDescription(rule.name(), rule.configuration());
        }
    }

    /** Describes the policy as it is at the moment: names and counts change. */
    static PolicyDescription of(RedirectSettings settings, RedirectMetrics metrics) {
        return new PolicyDescription(
                asWritten(settings.mode()),
                namesOf(settings),
                settings.httpsPort().getAsInt(),
                settings.properties().permanent(),
                settings.hsts().describe(),
                settings.policy().rules().stream().map(RuleDescription::of).toList(),
                metrics.decisionCounts(),
                metrics.reportedCounts());
    }

    private static Names namesOf(RedirectSettings settings) {
        RedirectProperties properties = settings.properties();
        return new Names(
                settings.siteNames().source().tag(),
                settings.siteNames().describe(),
                asWritten(properties.unknownHost()),
                properties.canonicalHost(),
                properties.canonicalize());
    }

    private static String asWritten(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
