package dev.gatehouse.tools.seo;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.Map;
import java.util.Optional;

/**
 * All that the rules know of a page.
 *
 * @param html its document; an empty one where the response is no HTML
 * @param linked what was found behind its canonical URL and its images for cards, by URL
 */
record PageFacts(
        AuditedResponse response,
        ParsedPage html,
        SiteFacts site,
        Map<String, LinkedResource> linked) {

    HttpUrl url() {
        return response.url();
    }

    boolean isHtml() {
        return response.isHtml();
    }

    Optional<LinkedResource> linked(String url) {
        return Optional.ofNullable(linked.get(url));
    }
}
