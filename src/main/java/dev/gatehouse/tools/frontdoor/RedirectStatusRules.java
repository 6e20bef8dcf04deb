package dev.gatehouse.tools.frontdoor;

import static dev.gatehouse.tools.frontdoor.Area.REDIRECT;

import dev.gatehouse.tools.frontdoor.Facts.Redirect;
import dev.gatehouse.tools.outbound.Exchange.Answered;
import java.util.ArrayList;
import java.util.List;

/** Whether the redirect holds for good, and keeps the method. */
final class RedirectStatusRules {

    private RedirectStatusRules() {}

    static List<Finding> judge(Redirect facts, Answered get) {
        List<Finding> findings = new ArrayList<>();
        findings.add(permanence(get));
        if (facts.post() instanceof Answered post) {
            findings.add(method(post));
        }
        return findings;
    }

    private static Finding permanence(Answered answered) {
        Evidence evidence = Evidence.of(answered);
        int status = answered.answer().status();
        if (status == 301 || status == 308) {
            return Finding.good(
                    REDIRECT,
                    "redirect-permanent",
                    "The redirect is permanent (%d).".formatted(status),
                    evidence);
        }
        return Finding.weak(
                REDIRECT,
                "redirect-temporary",
                2,
                "The redirect is temporary (%d), so every visit begins on plain HTTP."
                        .formatted(status),
                evidence,
                "Answer with 301, or 308 where the method must be kept.");
    }

    private static Finding method(Answered post) {
        boolean turnsIntoGet =
                Location.of(post).isPresent()
                        && post.answer().status() != 307
                        && post.answer().status() != 308;
        return turnsIntoGet
                ? Finding.weak(
                        REDIRECT,
                        "redirect-method-lost",
                        2,
                        "A POST is redirected with %d, which clients turn into a GET."
                                .formatted(post.answer().status()),
                        Evidence.of(post),
                        "Answer everything but GET and HEAD with 308 (RFC 9110, 15.4.9).")
                : Finding.good(
                        REDIRECT,
                        "redirect-method-kept",
                        "A POST is not silently turned into a GET.",
                        Evidence.of(post));
    }
}
