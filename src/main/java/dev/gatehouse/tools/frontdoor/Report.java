package dev.gatehouse.tools.frontdoor;

import java.util.List;

/** The findings with their score, which docs/front-door.md explains. */
record Report(List<Finding> findings, int score, Grade grade) {

    private static final int START = 100;

    /** Bonus points count from here on (as in MDN's Observatory). */
    private static final int BONUS_FROM = 90;

    Report {
        findings = List.copyOf(findings);
    }

    static Report of(List<Finding> findings) {
        int base =
                Math.max(0, START + findings.stream().mapToInt(f -> Math.min(0, f.points())).sum());
        int bonus = findings.stream().mapToInt(f -> Math.max(0, f.points())).sum();
        int score = base >= BONUS_FROM ? base + bonus : base;
        return new Report(findings, score, Grade.of(score));
    }
}
