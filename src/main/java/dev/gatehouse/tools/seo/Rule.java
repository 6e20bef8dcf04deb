package dev.gatehouse.tools.seo;

import java.util.function.Function;

/**
 * A rule that judges a page: a pure function of what is known of it.
 *
 * @param id by Lighthouse's name where it has the rule
 * @param weight its part of the score; 0 where it only informs
 * @param title what it requires
 * @param remedy what to do where it fails
 * @param source the document that the requirement stands in
 * @param htmlOnly whether it judges nothing but HTML
 */
record Rule(
        String id,
        Area area,
        double weight,
        String title,
        String remedy,
        String source,
        boolean htmlOnly,
        Function<PageFacts, Result> check) {

    /** A rule about an HTML document. */
    static Rule ofHtml(
            String id,
            Area area,
            double weight,
            String title,
            String remedy,
            String source,
            Function<PageFacts, Result> check) {
        return new Rule(id, area, weight, title, remedy, source, true, check);
    }

    /** A rule about any response. */
    static Rule ofResponse(
            String id,
            Area area,
            double weight,
            String title,
            String remedy,
            String source,
            Function<PageFacts, Result> check) {
        return new Rule(id, area, weight, title, remedy, source, false, check);
    }

    Finding judge(PageFacts page) {
        Result result =
                htmlOnly && !page.isHtml()
                        ? Result.notApplicable("The response is no HTML.")
                        : check.apply(page);
        return Finding.of(this, result);
    }
}
