package dev.gatehouse.tools.seo;

import static dev.gatehouse.tools.seo.Area.INDEXING;

import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.seo.AuditedResponse.Header;
import dev.gatehouse.tools.seo.AuditedResponse.Redirect;
import dev.gatehouse.tools.seo.RobotsDirectives.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Whether crawlers may fetch a page and keep it. */
final class IndexingRules {

    private static final String ROBOTS_TXT =
            "https://developers.google.com/search/docs/crawling-indexing/robots/robots_txt";

    private static final String STATUS =
            "https://developers.google.com/search/docs/crawling-indexing/http-network-errors";

    private static final String REDIRECTS =
            "https://developers.google.com/search/docs/crawling-indexing/301-redirects";

    static final List<Rule> RULES =
            List.of(
                    Rule.ofResponse(
                            "is-crawlable",
                            INDEXING,
                            93 / 23.0,
                            "Search engines may index the page",
                            "Take the noindex away, or the rule of robots.txt, if the page is"
                                    + " meant for search.",
                            "https://developer.chrome.com/docs/lighthouse/seo/is-crawlable/",
                            IndexingRules::isCrawlable),
                    Rule.ofResponse(
                            "http-status-code",
                            INDEXING,
                            1,
                            "The response's status is a success",
                            "Answer with 200, or redirect to where the content is.",
                            STATUS,
                            IndexingRules::httpStatusCode),
                    Rule.ofResponse(
                            "robots-txt",
                            INDEXING,
                            1,
                            "robots.txt is valid",
                            "Correct these lines; crawlers skip what they do not understand. A"
                                    + " server error makes Google stop crawling.",
                            "https://www.rfc-editor.org/rfc/rfc9309.html",
                            IndexingRules::robotsTxt),
                    Rule.ofResponse(
                            "googlebot-indexable",
                            INDEXING,
                            1,
                            "Googlebot may index the page, all directives taken together",
                            "Remove the directive; Google obeys the most restrictive one of the"
                                    + " meta elements and X-Robots-Tag fields.",
                            RobotsDirectives.SOURCE,
                            IndexingRules::googlebotIndexable),
                    Rule.ofResponse(
                            "robots-directives",
                            INDEXING,
                            0.5,
                            "Robots directives are known and do not contradict each other",
                            "Use the directives that are documented, once, in one place.",
                            RobotsDirectives.SOURCE,
                            IndexingRules::robotsDirectives),
                    Rule.ofHtml(
                            "blocked-resources",
                            INDEXING,
                            0.5,
                            "robots.txt lets Googlebot load styles, scripts and images",
                            "Allow these paths; Google renders pages before it indexes them.",
                            "https://developers.google.com/search/docs/crawling-indexing/"
                                    + "javascript/javascript-seo-basics",
                            IndexingRules::blockedResources),
                    Rule.ofResponse(
                            "redirect-chain",
                            INDEXING,
                            0.5,
                            "The page is at most one redirect away",
                            "Redirect the first URL to the last one at once.",
                            REDIRECTS,
                            IndexingRules::redirectChain),
                    Rule.ofResponse(
                            "redirect-permanent",
                            INDEXING,
                            0.25,
                            "Redirects are permanent",
                            "Redirect with 301 or 308 where the content has moved for good.",
                            REDIRECTS,
                            IndexingRules::redirectPermanent),
                    Rule.ofResponse(
                            "snippet-limits",
                            INDEXING,
                            0,
                            "Directives that limit how a result is shown",
                            "",
                            RobotsDirectives.SOURCE,
                            IndexingRules::snippetLimits),
                    Rule.ofResponse(
                            "ai-crawlers",
                            INDEXING,
                            0,
                            "Crawlers of AI operators that are treated apart from Googlebot",
                            "",
                            ROBOTS_TXT,
                            IndexingRules::aiCrawlers));

    /** The crawlers that Lighthouse asks for; null stands for any other. */
    private static final String[] LIGHTHOUSE_AGENTS = {
        null, "Googlebot", "bingbot", "DuckDuckBot", "archive.org_bot"
    };

    private static final Pattern HEADER_AGENT = Pattern.compile("^([^,:]++):");

    private static final Set<String> ROBOTS_FIELDS =
            Set.of(
                    "user-agent",
                    "disallow",
                    "allow",
                    "sitemap",
                    "crawl-delay",
                    "clean-param",
                    "host",
                    "request-rate",
                    "visit-time",
                    "noindex",
                    "content-signal");

    private IndexingRules() {}

    /** Fails where each of Lighthouse's crawlers, and any other, is kept from the page. */
    private static Result isCrawlable(PageFacts page) {
        List<Evidence> general = List.of();
        List<String> blocked = new ArrayList<>();
        for (String agent : LIGHTHOUSE_AGENTS) {
            List<Evidence> directives = lighthouseBlocks(page, agent);
            if (agent == null) {
                general = directives;
            }
            if (!directives.isEmpty()) {
                blocked.add(agent == null ? "any other" : agent);
            }
        }
        if (blocked.size() == LIGHTHOUSE_AGENTS.length) {
            return Result.fail("No search engine may index the page.", general);
        }
        return blocked.isEmpty()
                ? Result.pass("")
                : Result.pass("Kept out: " + String.join(", ", blocked) + ".", general);
    }

    private static List<Evidence> lighthouseBlocks(PageFacts page, @Nullable String agent) {
        List<Evidence> blocks = new ArrayList<>();
        Optional<Element> meta =
                agent == null
                        ? Optional.empty()
                        : page.html().headMetas(agent).stream().findFirst();
        meta.or(() -> page.html().headMetas("robots").stream().findFirst())
                .filter(element -> lighthouseForbids(page, element.attr("content")))
                .ifPresent(element -> blocks.add(page.html().evidence(element, "")));
        for (Header header : page.response().headers()) {
            if (header.name().equalsIgnoreCase("X-Robots-Tag")) {
                String value = header.value();
                Matcher matcher = HEADER_AGENT.matcher(value);
                String named = matcher.find() ? matcher.group(1) : null;
                boolean isAgent = named != null && !named.equalsIgnoreCase("unavailable_after");
                if (isAgent && !Objects.equals(named, agent)) {
                    continue;
                }
                String directives = isAgent ? value.substring(matcher.end()) : value;
                if (lighthouseForbids(page, directives)) {
                    blocks.add(Evidence.inHeader(header.name(), value, ""));
                }
            }
        }
        page.site()
                .robots()
                .file()
                .blocking(agent == null ? "*" : agent, page.url().pathAndQuery())
                .ifPresent(rule -> blocks.add(Evidence.inRobots(rule.line(), rule.text(), "")));
        return blocks;
    }

    private static boolean lighthouseForbids(PageFacts page, String directives) {
        for (String part : directives.split(",", -1)) {
            String directive = part.strip().toLowerCase(Locale.ROOT);
            boolean gone =
                    directive.startsWith("unavailable_after:")
                            && RobotsDirectives.date(directive.substring(18))
                                    .filter(date -> date.isBefore(page.site().now()))
                                    .isPresent();
            if (gone || directive.equals("noindex") || directive.equals("none")) {
                return true;
            }
        }
        return false;
    }

    private static Result httpStatusCode(PageFacts page) {
        int status = page.response().status();
        return status >= 400 && status <= 599
                ? Result.fail(
                        "The status is " + status + ".",
                        Evidence.ofUrl(page.url().toString(), "status " + status))
                : Result.pass("The status is " + status + ".");
    }

    private static Result robotsTxt(PageFacts page) {
        SiteFacts.Robots robots = page.site().robots();
        if (robots.status() >= 500) {
            return Result.fail(
                    "The status is " + robots.status() + ": Google takes the site as forbidden.",
                    Evidence.inRobots(1, "status " + robots.status(), ""));
        }
        if (robots.status() >= 400 || "".equals(robots.content())) {
            return Result.notApplicable("There is no robots.txt.");
        }
        String content = robots.content();
        if (content == null) {
            return Result.fail(
                    "robots.txt could not be fetched.",
                    Evidence.inRobots(1, robots.error(), "no usable response"));
        }
        List<Evidence> problems = new ArrayList<>();
        boolean inGroup = false;
        for (RobotsFile.Line line : robots.file().lines()) {
            String problem = problem(line);
            if (problem.isEmpty()
                    && !inGroup
                    && (line.field().equals("allow") || line.field().equals("disallow"))) {
                problem = "stands before the first User-agent";
            }
            inGroup |= line.field().equals("user-agent");
            if (!problem.isEmpty()) {
                problems.add(Evidence.inRobots(line.number(), line.text(), problem));
            }
        }
        return Result.failIfAny(problems, problems.size() + " lines are not valid.", "");
    }

    private static String problem(RobotsFile.Line line) {
        String value = line.value();
        return switch (line.field()) {
            case "" -> "has no field name and colon";
            case "user-agent" -> value.isEmpty() ? "names no crawler" : "";
            case "sitemap" ->
                    switch (HttpUrl.parse(value)) {
                        case HttpUrl.Http _ -> "";
                        case HttpUrl.OtherScheme(var scheme) when scheme.equals("ftp") -> "";
                        case HttpUrl.OtherScheme _ -> "is no URL that is fetched";
                        case HttpUrl.Invalid _ -> "is no absolute URL";
                    };
            case "allow", "disallow" -> {
                int dollar = value.indexOf('$');
                if (!value.isEmpty() && value.charAt(0) != '/' && value.charAt(0) != '*') {
                    yield "begins neither with a slash nor with a star";
                }
                yield dollar >= 0 && dollar < value.length() - 1 ? "has a $ before its end" : "";
            }
            default -> ROBOTS_FIELDS.contains(line.field()) ? "" : "is an unknown field";
        };
    }

    private static Result googlebotIndexable(PageFacts page) {
        Audience.Treatment treatment =
                Audience.ALL.getFirst().treatment(page, RobotsDirectives.of(page));
        return treatment.isWelcome()
                ? Result.pass("")
                : Result.fail("Googlebot is kept out.", treatment.because());
    }

    private static Result robotsDirectives(PageFacts page) {
        List<Directive> all = RobotsDirectives.of(page).all();
        if (all.isEmpty()) {
            return Result.notApplicable("The page has no robots directives.");
        }
        List<Evidence> problems = new ArrayList<>();
        for (Directive directive : all) {
            if (!directive.isKnown()) {
                problems.add(
                        with(directive, "“" + directive.name() + "” is no documented directive"));
            } else if (directive.name().equals("unavailable_after")
                    && RobotsDirectives.date(directive.value()).isEmpty()) {
                problems.add(with(directive, "“" + directive.value() + "” is no date"));
            }
        }
        all.stream()
                .collect(Collectors.groupingBy(Directive::agent))
                .values()
                .forEach(
                        directives -> {
                            contradiction(directives, "index", "noindex").ifPresent(problems::add);
                            contradiction(directives, "follow", "nofollow")
                                    .ifPresent(problems::add);
                        });
        return Result.failIfAny(problems, "Crawlers ignore or misread directives.", "");
    }

    private static Evidence with(Directive directive, String text) {
        Evidence e = directive.evidence();
        return new Evidence(e.in(), e.line(), e.column(), e.snippet(), text);
    }

    private static Optional<Evidence> contradiction(
            List<Directive> directives, String allows, String forbids) {
        boolean both = directives.stream().anyMatch(d -> d.name().equals(allows));
        return directives.stream()
                .filter(d -> both && d.name().equals(forbids))
                .findFirst()
                .map(d -> with(d, "“" + allows + "” stands beside it; the stricter one counts"));
    }

    private static Result blockedResources(PageFacts page) {
        List<Evidence> blocked = new ArrayList<>();
        int count = 0;
        for (Element element : page.html().elements()) {
            Optional<HttpUrl> url = resource(page, element);
            if (url.isPresent() && url.get().authority().equals(page.url().authority())) {
                count++;
                page.site()
                        .robots()
                        .file()
                        .blocking("Googlebot", url.get().pathAndQuery())
                        .ifPresent(
                                rule ->
                                        blocked.add(
                                                page.html()
                                                        .evidence(
                                                                element,
                                                                "robots.txt, line "
                                                                        + rule.line()
                                                                        + ": "
                                                                        + rule.text())));
            }
        }
        return count == 0
                ? Result.notApplicable("The page loads nothing from its own host.")
                : Result.failIfAny(blocked, blocked.size() + " resources are blocked.", "");
    }

    private static Optional<HttpUrl> resource(PageFacts page, Element element) {
        String attribute =
                switch (element.normalName()) {
                    case "script", "img" -> "src";
                    case "link" ->
                            element.attr("rel").toLowerCase(Locale.ROOT).contains("stylesheet")
                                    ? "href"
                                    : "";
                    default -> "";
                };
        return attribute.isEmpty() || element.attr(attribute).isBlank()
                ? Optional.empty()
                : page.html().base().resolveHttp(element.attr(attribute));
    }

    private static Result redirectChain(PageFacts page) {
        List<Redirect> redirects = page.response().redirects();
        if (redirects.isEmpty()) {
            return Result.notApplicable("The URL does not redirect.");
        }
        return redirects.size() == 1
                ? Result.pass("One redirect leads to the page.")
                : Result.fail(redirects.size() + " redirects lead to the page.", steps(redirects));
    }

    private static Result redirectPermanent(PageFacts page) {
        List<Redirect> redirects = page.response().redirects();
        if (redirects.isEmpty()) {
            return Result.notApplicable("The URL does not redirect.");
        }
        return Result.failIfAny(
                steps(
                        redirects.stream()
                                .filter(step -> step.status() != 301 && step.status() != 308)
                                .toList()),
                "A redirect is temporary, so that Google keeps the first URL.",
                "");
    }

    private static List<Evidence> steps(List<Redirect> redirects) {
        return redirects.stream()
                .map(step -> Evidence.ofUrl(step.from().toString(), "status " + step.status()))
                .toList();
    }

    private static Result snippetLimits(PageFacts page) {
        List<Evidence> limits =
                RobotsDirectives.of(page).of("Googlebot").stream()
                        .filter(
                                d ->
                                        switch (d.name()) {
                                            case "nosnippet", "noimageindex", "notranslate" -> true;
                                            case "max-snippet" -> !d.value().equals("-1");
                                            case "max-image-preview" -> !d.value().equals("large");
                                            case "max-video-preview" -> !d.value().equals("-1");
                                            case "unavailable_after" -> true;
                                            default -> false;
                                        })
                        .map(d -> with(d, d.name() + (d.value().isEmpty() ? "" : ":" + d.value())))
                        .toList();
        return limits.isEmpty()
                ? Result.notApplicable("There are none.")
                : Result.info("The result is shown with limits.", limits);
    }

    private static Result aiCrawlers(PageFacts page) {
        RobotsDirectives directives = RobotsDirectives.of(page);
        boolean google = Audience.ALL.getFirst().treatment(page, directives).isWelcome();
        List<Audience.Treatment> apart =
                Audience.ALL.stream()
                        .filter(Audience::isAi)
                        .map(audience -> audience.treatment(page, directives))
                        .filter(treatment -> treatment.isWelcome() != google)
                        .toList();
        if (apart.isEmpty()) {
            return Result.notApplicable("They are treated as Googlebot is.");
        }
        return Result.info(
                (google ? "Kept out: " : "Let in: ")
                        + apart.stream()
                                .map(Audience.Treatment::name)
                                .collect(Collectors.joining(", "))
                        + ".",
                apart.stream().flatMap(treatment -> treatment.because().stream()).toList());
    }
}
