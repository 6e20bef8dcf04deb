package dev.gatehouse.tools.seo;

import java.util.List;
import java.util.stream.Stream;

/** All rules that judge a page, by area. */
final class PageRules {

    static final List<Rule> ALL =
            Stream.of(
                            IndexingRules.RULES,
                            CanonicalRules.RULES,
                            ContentRules.RULES,
                            LinkRules.RULES,
                            LanguageRules.RULES,
                            SocialRules.RULES,
                            StructuredDataRules.RULES,
                            DocumentRules.RULES,
                            HttpsRules.RULES,
                            SitemapRules.RULES)
                    .flatMap(List::stream)
                    .toList();

    private PageRules() {}

    static List<Finding> judge(PageFacts page) {
        return ALL.stream().map(rule -> rule.judge(page)).toList();
    }
}
