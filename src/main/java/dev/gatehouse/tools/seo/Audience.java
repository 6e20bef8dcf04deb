package dev.gatehouse.tools.seo;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A crawler that a page may treat apart from the others.
 *
 * @param name its token in robots.txt
 * @param operator who runs it
 * @param purpose what it reads pages for
 * @param fallback the crawler whose group it follows where it has none of its own, or null
 * @param indexes whether it obeys robots directives of the page, not robots.txt alone
 * @param source where its operator documents that
 */
record Audience(
        String name,
        String operator,
        String purpose,
        @Nullable String fallback,
        boolean indexes,
        String source) {

    private static final String SEARCH = "search";
    private static final String TRAINING = "AI training";
    private static final String AI_SEARCH = "AI search";
    private static final String USER = "asked for by a user of an AI";

    private static final String OPENAI = "https://platform.openai.com/docs/bots";
    private static final String ANTHROPIC =
            "https://support.claude.com/en/articles/8896518-does-anthropic-crawl-data-from-the-web"
                    + "-and-how-can-site-owners-block-the-crawler";
    private static final String PERPLEXITY = "https://docs.perplexity.ai/guides/bots";
    private static final String GOOGLE =
            "https://developers.google.com/crawling/docs/crawlers-fetchers/google-common-crawlers";
    private static final String APPLE = "https://support.apple.com/en-us/119829";

    static final List<Audience> ALL =
            List.of(
                    search("Googlebot", "Google", null, GOOGLE),
                    search(
                            "Bingbot",
                            "Microsoft",
                            null,
                            "https://www.bing.com/webmasters/help/"
                                    + "which-crawlers-does-bing-use-8c184ec0"),
                    search(
                            "DuckDuckBot",
                            "DuckDuckGo",
                            null,
                            "https://duckduckgo.com/duckduckgo-help-pages/results/duckduckbot"),
                    search("Applebot", "Apple", "Googlebot", APPLE),
                    ai("GPTBot", "OpenAI", TRAINING, OPENAI),
                    ai("OAI-SearchBot", "OpenAI", AI_SEARCH, OPENAI),
                    ai("ChatGPT-User", "OpenAI", USER, OPENAI),
                    ai("ClaudeBot", "Anthropic", TRAINING, ANTHROPIC),
                    ai("Claude-SearchBot", "Anthropic", AI_SEARCH, ANTHROPIC),
                    ai("Claude-User", "Anthropic", USER, ANTHROPIC),
                    ai("PerplexityBot", "Perplexity", AI_SEARCH, PERPLEXITY),
                    ai("CCBot", "Common Crawl", TRAINING, "https://commoncrawl.org/ccbot"),
                    ai("Google-Extended", "Google", TRAINING, GOOGLE),
                    ai("Applebot-Extended", "Apple", TRAINING, APPLE),
                    ai(
                            "meta-externalagent",
                            "Meta",
                            TRAINING,
                            "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers"),
                    ai("Amazonbot", "Amazon", TRAINING, "https://developer.amazon.com/amazonbot"));

    /**
     * How a page treats a crawler.
     *
     * @param crawl whether robots.txt lets it fetch the page
     * @param index whether the page's robots directives let it keep the page; null where it reads
     *     none
     * @param because the lines that forbid it, or empty
     */
    record Treatment(
            String name,
            String operator,
            String purpose,
            boolean crawl,
            @Nullable Boolean index,
            List<Evidence> because) {

        boolean isWelcome() {
            return crawl && !Boolean.FALSE.equals(index);
        }
    }

    private static Audience search(
            String name, String operator, @Nullable String fallback, String source) {
        return new Audience(name, operator, SEARCH, fallback, true, source);
    }

    private static Audience ai(String name, String operator, String purpose, String source) {
        return new Audience(name, operator, purpose, null, false, source);
    }

    /** Whether that name in lower case is one by which a meta element may address a crawler. */
    static boolean readsMeta(String name) {
        return switch (name) {
            case "googlebot", "googlebot-news", "bingbot", "msnbot", "duckduckbot", "applebot" ->
                    true;
            case "archive.org_bot", "yandex", "baiduspider", "slurp" -> true;
            default -> false;
        };
    }

    boolean isAi() {
        return !purpose.equals(SEARCH);
    }

    Treatment treatment(PageFacts page, RobotsDirectives directives) {
        Optional<RobotsFile.PathRule> rule = blocking(page.site().robots().file(), page.url());
        boolean reads = indexes || named(directives);
        Optional<RobotsDirectives.Directive> directive =
                reads ? directives.blocking(name, page.site().now()) : Optional.empty();
        List<Evidence> because =
                Stream.concat(
                                rule.stream().map(r -> Evidence.inRobots(r.line(), r.text(), "")),
                                directive.stream().map(RobotsDirectives.Directive::evidence))
                        .toList();
        return new Treatment(
                name,
                operator,
                purpose,
                rule.isEmpty(),
                reads ? (Boolean) directive.isEmpty() : null,
                because);
    }

    /**
     * Whether an X-Robots-Tag names this crawler, so that its operator can be expected to obey it.
     */
    private boolean named(RobotsDirectives directives) {
        String own = name.toLowerCase(Locale.ROOT);
        return directives.all().stream().anyMatch(d -> d.agent().equals(own));
    }

    Optional<RobotsFile.PathRule> blocking(RobotsFile robots, HttpUrl url) {
        String agent =
                fallback != null && !robots.names(name) && robots.names(fallback) ? fallback : name;
        return robots.blocking(agent, url.pathAndQuery());
    }
}
