package dev.gatehouse.tools.seo;

import java.util.List;

/**
 * What a rule found.
 *
 * @param text what was found, in a sentence, or empty
 * @param evidence the first places
 * @param places how many places there are
 */
record Result(Outcome outcome, String text, List<Evidence> evidence, int places) {

    private static final int MOST = 10;

    static Result pass(String text) {
        return new Result(Outcome.PASS, text, List.of(), 0);
    }

    static Result pass(String text, List<Evidence> evidence) {
        return of(Outcome.PASS, text, evidence);
    }

    static Result fail(String text, List<Evidence> evidence) {
        return of(Outcome.FAIL, text, evidence);
    }

    static Result fail(String text, Evidence... evidence) {
        return of(Outcome.FAIL, text, List.of(evidence));
    }

    static Result notApplicable(String text) {
        return new Result(Outcome.NOT_APPLICABLE, text, List.of(), 0);
    }

    static Result info(String text, List<Evidence> evidence) {
        return of(Outcome.INFO, text, evidence);
    }

    /** Fails with these places, and passes where there is none. */
    static Result failIfAny(List<Evidence> evidence, String failure, String success) {
        return evidence.isEmpty() ? pass(success) : fail(failure, evidence);
    }

    private static Result of(Outcome outcome, String text, List<Evidence> evidence) {
        List<Evidence> first = evidence.subList(0, Math.min(MOST, evidence.size()));
        return new Result(outcome, text, List.copyOf(first), evidence.size());
    }
}
