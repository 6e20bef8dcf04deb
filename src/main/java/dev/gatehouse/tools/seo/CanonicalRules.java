package dev.gatehouse.tools.seo;

import static dev.gatehouse.tools.seo.Area.CANONICAL;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** The URL under which a page is to be known. */
final class CanonicalRules {

    private static final String SOURCE =
            "https://developers.google.com/search/docs/crawling-indexing/"
                    + "consolidate-duplicate-urls";

    static final List<Rule> RULES =
            List.of(
                    Rule.ofResponse(
                            "canonical",
                            CANONICAL,
                            1,
                            "The canonical URL is valid",
                            "Name one absolute URL of the page itself, in the head or in a Link"
                                    + " header.",
                            "https://developer.chrome.com/docs/lighthouse/seo/canonical/",
                            CanonicalRules::canonical),
                    Rule.ofResponse(
                            "canonical-single",
                            CANONICAL,
                            0.5,
                            "The canonical URL is stated once, in the head or the header",
                            "Keep one statement: a link element in the head or a Link header.",
                            SOURCE,
                            CanonicalRules::single),
                    Rule.ofResponse(
                            "canonical-target",
                            CANONICAL,
                            1,
                            "The canonical URL answers with a page that may be indexed",
                            "Name a URL that answers 200 without a redirect, is not noindex and"
                                    + " names itself.",
                            SOURCE,
                            CanonicalRules::target),
                    Rule.ofResponse(
                            "url-structure",
                            CANONICAL,
                            0.25,
                            "The URL is short and has no session in it",
                            "Keep sessions in cookies and paths short.",
                            "https://developers.google.com/search/docs/crawling-indexing/"
                                    + "url-structure",
                            CanonicalRules::urlStructure));

    private static final Pattern SESSION =
            Pattern.compile(
                    "(?:^|[?&;])(?:jsessionid|phpsessid|sid|sessionid|session_id|aspsessionid)=",
                    Pattern.CASE_INSENSITIVE);

    private CanonicalRules() {}

    /**
     * A canonical link outside of the body, as Lighthouse collects it.
     *
     * @param written as it stands there
     */
    private record Statement(String written, Evidence evidence) {}

    private static List<Statement> statements(PageFacts page) {
        List<Statement> statements = new ArrayList<>();
        for (Element link : page.html().links("canonical")) {
            if (page.html().inHead(link) && !link.attr("href").isEmpty()) {
                statements.add(new Statement(link.attr("href"), page.html().evidence(link, "")));
            }
        }
        for (LinkField link : LinkField.of(page.response())) {
            if (link.relation().equals("canonical") && !link.target().isEmpty()) {
                statements.add(
                        new Statement(link.target(), Evidence.inHeader("Link", link.value(), "")));
            }
        }
        return statements;
    }

    private static String normalized(HttpUrl.Resolved target, String written) {
        return target instanceof HttpUrl.Http(var url) ? url.toString() : written;
    }

    /** The only canonical URL, where it is absolute. */
    static Optional<HttpUrl> url(PageFacts page) {
        Set<String> urls = new TreeSet<>();
        Optional<HttpUrl> first = Optional.empty();
        for (Statement statement : statements(page)) {
            if (HttpUrl.parse(statement.written()) instanceof HttpUrl.Http(var url)) {
                urls.add(url.toString());
                first = Optional.of(url);
            }
        }
        return urls.size() == 1 ? first : Optional.empty();
    }

    private static Result canonical(PageFacts page) {
        Map<String, Statement> urls = new LinkedHashMap<>();
        List<Evidence> invalid = new ArrayList<>();
        List<Evidence> relative = new ArrayList<>();
        for (Statement statement : statements(page)) {
            HttpUrl.Resolved absolute = HttpUrl.parse(statement.written());
            if (page.html().base().resolve(statement.written()) instanceof HttpUrl.Invalid) {
                invalid.add(statement.evidence());
            } else if (absolute instanceof HttpUrl.Invalid) {
                relative.add(statement.evidence());
            } else {
                urls.put(normalized(absolute, statement.written()), statement);
            }
        }
        if (!invalid.isEmpty()) {
            return Result.fail("The canonical URL is not valid.", invalid);
        }
        if (!relative.isEmpty()) {
            return Result.fail("The canonical URL is not absolute.", relative);
        }
        List<Evidence> all = urls.values().stream().map(Statement::evidence).toList();
        if (urls.isEmpty()) {
            return Result.notApplicable("The page names no canonical URL.");
        }
        if (urls.size() > 1) {
            return Result.fail("The page names several canonical URLs.", all);
        }
        String own = page.url().toString();
        String named = urls.keySet().iterator().next();
        Set<String> alternates = LanguageRules.alternateUrls(page);
        if (!named.equals(own) && alternates.contains(own) && alternates.contains(named)) {
            return Result.fail("The canonical URL is the page in another language.", all);
        }
        boolean root =
                HttpUrl.parse(named) instanceof HttpUrl.Http(var url)
                        && url.scheme() == page.url().scheme()
                        && url.authority().equals(page.url().authority())
                        && url.path().equals("/");
        return root && !page.url().path().equals("/")
                ? Result.fail("The canonical URL is the home page instead of this page.", all)
                : Result.pass("", all);
    }

    private static Result single(PageFacts page) {
        List<Evidence> places = new ArrayList<>();
        List<Evidence> inBody = new ArrayList<>();
        for (Element link : page.html().links("canonical")) {
            boolean head = page.html().inHead(link);
            places.add(page.html().evidence(link, head ? "" : "in the body, where it is ignored"));
            if (!head) {
                inBody.add(places.getLast());
            }
        }
        LinkField.of(page.response()).stream()
                .filter(link -> link.relation().equals("canonical"))
                .forEach(link -> places.add(Evidence.inHeader("Link", link.value(), "")));
        if (places.isEmpty()) {
            return Result.notApplicable("The page names no canonical URL.");
        }
        if (places.size() > 1) {
            return Result.fail("It is stated " + places.size() + " times.", places);
        }
        return Result.failIfAny(inBody, "It stands in the body, where it is ignored.", "");
    }

    private static Result target(PageFacts page) {
        Optional<HttpUrl> canonical = url(page);
        if (canonical.isEmpty()) {
            return Result.notApplicable("The page names no canonical URL.");
        }
        String url = canonical.get().toString();
        if (url.equals(page.url().toString())) {
            return page.response().redirects().isEmpty()
                    ? Result.pass("The page names itself.")
                    : Result.pass("The page that the URL redirects to names itself.");
        }
        Optional<LinkedResource> found = page.linked(url);
        if (found.isEmpty()) {
            return Result.notApplicable("The canonical URL was not visited.");
        }
        LinkedResource target = found.get();
        if (target.status() == 0) {
            return Result.fail("It does not answer.", Evidence.ofUrl(url, "no response"));
        }
        if (target.status() >= 400) {
            return Result.fail(
                    "It answers with " + target.status() + ".",
                    Evidence.ofUrl(url, "status " + target.status()));
        }
        if (target.redirects() > 0) {
            return Result.fail(
                    "It redirects.", Evidence.ofUrl(url, "redirects to " + target.finalUrl()));
        }
        if (!target.indexable()) {
            return Result.fail("It may not be indexed.", Evidence.ofUrl(url, "noindex"));
        }
        return target.canonical() == null || target.canonical().equals(url)
                ? Result.pass("")
                : Result.fail(
                        "It names another canonical URL itself.",
                        Evidence.ofUrl(url, "names " + target.canonical()));
    }

    private static Result urlStructure(PageFacts page) {
        HttpUrl url = page.url();
        if (url.path().equals("/") && url.query() == null) {
            return Result.notApplicable("The page is the home page.");
        }
        String text = url.toString();
        List<Evidence> problems = new ArrayList<>();
        if (SESSION.matcher(url.pathAndQuery()).find()) {
            problems.add(Evidence.ofUrl(text, "has a session in it"));
        }
        if (text.length() > 2000) {
            problems.add(Evidence.ofUrl(text, "has " + text.length() + " characters"));
        }
        if (repeats(url.path())) {
            problems.add(Evidence.ofUrl(text, "repeats a segment three times"));
        }
        return Result.failIfAny(problems, "The URL is hard to crawl.", "");
    }

    /** A relative link without its slash leads ever deeper. */
    private static boolean repeats(String path) {
        String[] segments = path.split("/", -1);
        for (int i = 2; i < segments.length; i++) {
            if (!segments[i].isEmpty()
                    && segments[i].equals(segments[i - 1])
                    && segments[i].equals(segments[i - 2])) {
                return true;
            }
        }
        return false;
    }
}
