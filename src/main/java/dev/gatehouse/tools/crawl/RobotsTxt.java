package dev.gatehouse.tools.crawl;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import dev.gatehouse.tools.outbound.FetchResult;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.PageResponse;
import java.time.Duration;
import java.util.List;

/**
 * The robots.txt of a host (RFC 9309). An error of the client allows all, one of the server
 * nothing; where no response comes, the requests of the pages tell why.
 */
public final class RobotsTxt {

    /** The product token that groups of rules name. */
    public static final String PRODUCT = "gatehouse-crawler";

    /** RFC 9309, 2.5: a crawler reads at least 500 KiB. */
    static final int LARGEST = 500 * 1024;

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

    private final FetchResult result;
    private final SimpleRobotRules rules;

    private RobotsTxt(FetchResult result, SimpleRobotRules rules) {
        this.result = result;
        this.rules = rules;
    }

    static RobotsTxt of(FetchResult result) {
        return new RobotsTxt(
                result,
                switch (result) {
                    case FetchResult.Fetched(_, PageResponse response) -> rules(response);
                    case FetchResult.Failed _, FetchResult.Refused _ ->
                            new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);
                });
    }

    private static SimpleRobotRules rules(PageResponse response) {
        int status = response.status();
        if (status >= 500) {
            return new SimpleRobotRules(RobotRulesMode.ALLOW_NONE);
        }
        if (status < 200 || status > 299) {
            return new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);
        }
        SimpleRobotRulesParser parser = new SimpleRobotRulesParser(Long.MAX_VALUE, 0);
        return parser.parseContent(
                response.url().toString(), response.body().bytes(), "text/plain", List.of(PRODUCT));
    }

    /** The response to {@code /robots.txt}, for those who want to read it themselves. */
    public FetchResult result() {
        return result;
    }

    public boolean allows(HttpUrl url) {
        return rules.isAllowAll()
                || (!rules.isAllowNone() && rules.isAllowed(url.withoutFragment().toString()));
    }

    /** Whether an error of the server forbids all. */
    public boolean isUnavailable() {
        return result instanceof FetchResult.Fetched(_, PageResponse response)
                && response.status() >= 500;
    }

    /** The sitemaps that it names, as it names them. */
    public List<String> sitemaps() {
        return List.copyOf(rules.getSitemaps());
    }

    /** The time between two requests that it asks for, of a second at most. */
    Duration delay() {
        Duration delay = Duration.ofMillis(Math.max(0, rules.getCrawlDelay()));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }
}
