package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HEADERS;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The scripts that a page takes from other hosts (subresource integrity), as Observatory grades
 * them, but without its list of public suffixes: a subdomain of the host is ours.
 */
record ScriptRules(String host, String body, Evidence evidence) {

    private static final Pattern SCRIPT =
            Pattern.compile(
                    "(?is)<script\\b([^>]*)\\bsrc\\s*=\\s*[\"']?((?:https?:)?//([^\"'/>\\s:]+)[^\"'>\\s]*)([^>]*)");
    private static final Pattern INTEGRITY = Pattern.compile("(?i)\\bintegrity\\s*=");

    List<Finding> judge() {
        List<MatchResult> foreign =
                SCRIPT.matcher(body).results().filter(script -> !isOurs(script)).toList();
        if (foreign.isEmpty()) {
            return List.of();
        }
        boolean whole = foreign.stream().allMatch(ScriptRules::hasIntegrity);
        boolean secure = foreign.stream().allMatch(ScriptRules::isSecure);
        if (whole) {
            return List.of(secure ? good() : insecure(20, "sri-implemented-but"));
        }
        return List.of(
                foreign.stream().filter(s -> !hasIntegrity(s)).allMatch(ScriptRules::isSecure)
                        ? unchecked()
                        : insecure(50, "sri-not-implemented-and"));
    }

    private boolean isOurs(MatchResult script) {
        String of = script.group(3).toLowerCase(Locale.ROOT);
        return of.equals(host) || of.endsWith("." + host);
    }

    private static boolean hasIntegrity(MatchResult script) {
        return INTEGRITY.matcher(script.group(1) + " " + script.group(4)).find();
    }

    private static boolean isSecure(MatchResult script) {
        return script.group(2).regionMatches(true, 0, "https:", 0, 6);
    }

    private Finding good() {
        return Finding.bonus(
                HEADERS,
                "sri-implemented-and-external-scripts-loaded-securely",
                5,
                "Scripts of other hosts are bound to a hash.",
                evidence);
    }

    private Finding unchecked() {
        return Finding.weak(
                HEADERS,
                "sri-not-implemented-but-external-scripts-loaded-securely",
                5,
                "Scripts of other hosts are loaded without an integrity hash.",
                evidence,
                "Add integrity and crossorigin to those script tags.");
    }

    private Finding insecure(int points, String id) {
        return Finding.bad(
                HEADERS,
                id + "-external-scripts-not-loaded-securely",
                points,
                "Scripts of other hosts are loaded by an address that does not ask for HTTPS.",
                evidence,
                "Load them by https:// addresses, with integrity and crossorigin.");
    }
}
