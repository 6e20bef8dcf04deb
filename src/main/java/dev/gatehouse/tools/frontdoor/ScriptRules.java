package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HEADERS;

import java.util.List;

/**
 * The scripts that a page loads from other hosts (subresource integrity), as Observatory grades
 * them, but without its list of public suffixes: a subdomain belongs to the site.
 */
final class ScriptRules {

    private ScriptRules() {}

    /** Judges a page of these hosts. */
    static List<Finding> judge(List<String> hosts, HtmlPage page, Transcript transcript) {
        List<HtmlPage.Script> foreign =
                page.scripts().stream().filter(script -> !isOwn(hosts, script.host())).toList();
        if (foreign.isEmpty()) {
            return List.of();
        }
        List<HtmlPage.Script> unchecked =
                foreign.stream().filter(script -> !script.hasIntegrity()).toList();
        if (unchecked.isEmpty()) {
            boolean secure = foreign.stream().allMatch(HtmlPage.Script::isSecure);
            return List.of(
                    secure ? good(transcript) : insecure(20, "sri-implemented-but", transcript));
        }
        return List.of(
                unchecked.stream().allMatch(HtmlPage.Script::isSecure)
                        ? unchecked(transcript)
                        : insecure(50, "sri-not-implemented-and", transcript));
    }

    private static boolean isOwn(List<String> hosts, String host) {
        return hosts.stream().anyMatch(own -> host.equals(own) || host.endsWith("." + own));
    }

    private static Finding good(Transcript transcript) {
        return Finding.bonus(
                HEADERS,
                "sri-implemented-and-external-scripts-loaded-securely",
                5,
                "Scripts of other hosts have an integrity hash.",
                transcript);
    }

    private static Finding unchecked(Transcript transcript) {
        return Finding.weak(
                HEADERS,
                "sri-not-implemented-but-external-scripts-loaded-securely",
                5,
                "Scripts of other hosts are loaded without an integrity hash.",
                transcript,
                "Add integrity and crossorigin to those script elements.");
    }

    private static Finding insecure(int points, String id, Transcript transcript) {
        return Finding.bad(
                HEADERS,
                id + "-external-scripts-not-loaded-securely",
                points,
                "Scripts of other hosts are loaded by URLs without https:.",
                transcript,
                "Load them by https:// URLs, with integrity and crossorigin.");
    }
}
