package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.HEADERS;

import java.util.List;

/**
 * The scripts that a page takes from other hosts (subresource integrity), as Observatory grades
 * them, but without its list of public suffixes: a subdomain of the host is ours.
 */
record ScriptRules(String host, HtmlPage page, Evidence evidence) {

    List<Finding> judge() {
        List<HtmlPage.Script> foreign =
                page.scripts().stream().filter(script -> !isOurs(script)).toList();
        if (foreign.isEmpty()) {
            return List.of();
        }
        boolean whole = foreign.stream().allMatch(HtmlPage.Script::hasIntegrity);
        boolean secure = foreign.stream().allMatch(HtmlPage.Script::isSecure);
        if (whole) {
            return List.of(secure ? good() : insecure(20, "sri-implemented-but"));
        }
        return List.of(
                foreign.stream().filter(s -> !s.hasIntegrity()).allMatch(HtmlPage.Script::isSecure)
                        ? unchecked()
                        : insecure(50, "sri-not-implemented-and"));
    }

    private boolean isOurs(HtmlPage.Script script) {
        String of = script.host();
        return of.isEmpty() || of.equals(host) || of.endsWith("." + host);
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
