package dev.gatehouse.tools.seo;

import dev.gatehouse.tools.seo.SiteFacts.SitemapEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A site as far as it was visited.
 *
 * @param start the URL that it was begun with
 * @param pages by URL
 * @param complete whether all that was found was visited
 */
record VisitedSite(
        String start, SequencedMap<String, VisitedPage> pages, SiteFacts facts, boolean complete) {

    private static final int MOST_REDIRECTS = 10;

    /** The pages, without redirects and errors. */
    List<VisitedPage> htmlPages() {
        return pages.values().stream().filter(VisitedPage::isPage).toList();
    }

    Map<String, SitemapEntry> sitemap() {
        return facts.sitemaps().entries();
    }

    /** The URL that this one leads to after its redirects. */
    String resolved(String url) {
        String at = url;
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            VisitedPage page = pages.get(at);
            if (page == null || page.target() == null) {
                return at;
            }
            at = page.target();
        }
        return at;
    }

    /** The links that must be followed from the start to each page; those without are absent. */
    Map<String, Integer> depths() {
        Map<String, Integer> depths = new HashMap<>();
        Deque<String> waiting = new ArrayDeque<>();
        depths.put(resolved(start), 0);
        waiting.add(resolved(start));
        while (!waiting.isEmpty()) {
            String url = waiting.remove();
            VisitedPage page = pages.get(url);
            int next = depths.getOrDefault(url, 0) + 1;
            for (String link : page == null ? List.<String>of() : page.links()) {
                String target = resolved(link);
                if (pages.containsKey(target) && depths.putIfAbsent(target, next) == null) {
                    waiting.add(target);
                }
            }
        }
        return depths;
    }

    /** How many pages there are at each depth; those that no link leads to are not counted. */
    List<Depth> distribution() {
        Map<Integer, Integer> counts = new TreeMap<>();
        Map<String, Integer> depths = depths();
        for (VisitedPage page : htmlPages()) {
            Integer depth = depths.get(page.url());
            if (depth != null) {
                counts.merge(depth, 1, Integer::sum);
            }
        }
        List<Depth> distribution = new ArrayList<>();
        counts.forEach((depth, count) -> distribution.add(new Depth(depth, count)));
        return distribution;
    }

    /** Pages that are so many links from the start. */
    record Depth(int depth, int pages) {}
}
