package dev.gatehouse.tools.seo;

import java.util.List;

/**
 * The result of a rule, as it stands in a report.
 *
 * @param id the rule's
 * @param weight the rule's part of the score
 * @param title what the rule requires
 * @param text what was found, or empty
 * @param evidence the first places
 * @param places how many places there are
 * @param remedy what to do, or empty where nothing is to be done
 * @param source the document that the requirement stands in
 */
record Finding(
        String id,
        Area area,
        Outcome outcome,
        double weight,
        String title,
        String text,
        List<Evidence> evidence,
        int places,
        String remedy,
        String source) {

    static Finding of(Rule rule, Result result) {
        return of(
                rule.id(),
                rule.area(),
                rule.weight(),
                rule.title(),
                rule.remedy(),
                rule.source(),
                result);
    }

    static Finding of(
            String id,
            Area area,
            double weight,
            String title,
            String remedy,
            String source,
            Result result) {
        return new Finding(
                id,
                area,
                result.outcome(),
                Math.round(weight * 100) / 100.0,
                title,
                result.text(),
                result.evidence(),
                result.places(),
                result.outcome() == Outcome.FAIL ? remedy : "",
                source);
    }

    boolean failed() {
        return outcome == Outcome.FAIL;
    }
}
