package dev.gatehouse.tools.seo;

import static dev.gatehouse.tools.seo.Area.LANGUAGE;

import dev.gatehouse.tools.outbound.HttpUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;

/** The language of a page and its versions in others. */
final class LanguageRules {

    private static final String SOURCE =
            "https://developers.google.com/search/docs/specialty/international/localized-versions";

    static final List<Rule> RULES =
            List.of(
                    Rule.ofResponse(
                            "hreflang",
                            LANGUAGE,
                            1,
                            "Alternate links have a language and an absolute URL",
                            "Use a registered language code and a whole URL with https://.",
                            "https://developer.chrome.com/docs/lighthouse/seo/hreflang/",
                            LanguageRules::hreflang),
                    Rule.ofHtml(
                            "html-lang",
                            LANGUAGE,
                            0.5,
                            "The page states its language",
                            "Write <html lang=\"en\">, with the language of the page.",
                            "https://html.spec.whatwg.org/multipage/dom.html#the-lang-and-xml:lang"
                                    + "-attributes",
                            LanguageRules::htmlLang),
                    Rule.ofResponse(
                            "hreflang-codes",
                            LANGUAGE,
                            0.5,
                            "Alternate links name registered regions and scripts",
                            "Use a country of ISO 3166-1 after the language: en-GB, not en-UK.",
                            SOURCE,
                            LanguageRules::codes),
                    Rule.ofResponse(
                            "hreflang-self",
                            LANGUAGE,
                            0.5,
                            "The alternate links list the page itself",
                            "Add an alternate link with the page's own language and canonical"
                                    + " URL.",
                            SOURCE,
                            LanguageRules::self),
                    Rule.ofResponse(
                            "hreflang-unique",
                            LANGUAGE,
                            0.25,
                            "Each language is listed once",
                            "Keep one URL for each language.",
                            SOURCE,
                            LanguageRules::unique));

    private LanguageRules() {}

    /**
     * An alternate link with a language, outside of the body.
     *
     * @param written its URL, as it stands there
     */
    record Alternate(String language, String written, Evidence evidence) {}

    static List<Alternate> alternates(PageFacts page) {
        List<Alternate> alternates = new ArrayList<>();
        for (Element link : page.html().links("alternate")) {
            if (!link.attr("hreflang").isEmpty() && page.html().inHead(link)) {
                alternates.add(
                        new Alternate(
                                link.attr("hreflang"),
                                link.attr("href"),
                                page.html().evidence(link, "")));
            }
        }
        for (LinkField link : LinkField.of(page.response())) {
            if (link.relation().equals("alternate") && !link.language().isEmpty()) {
                alternates.add(
                        new Alternate(
                                link.language(),
                                link.target(),
                                Evidence.inHeader("Link", link.value(), "")));
            }
        }
        return alternates;
    }

    /** The URLs of all alternate links, resolved. */
    static Set<String> alternateUrls(PageFacts page) {
        Set<String> urls = new HashSet<>();
        for (Alternate alternate : alternates(page)) {
            if (!alternate.written().isEmpty()) {
                page.html()
                        .base()
                        .resolveHttp(alternate.written())
                        .ifPresent(url -> urls.add(url.toString()));
            }
        }
        return urls;
    }

    private static Evidence with(Evidence e, String text) {
        return new Evidence(e.in(), e.line(), e.column(), e.snippet(), text);
    }

    /** Passes where there are none, as in Lighthouse. */
    private static Result hreflang(PageFacts page) {
        List<Evidence> problems = new ArrayList<>();
        for (Alternate alternate : alternates(page)) {
            String language = alternate.language().split("-", 2)[0].toLowerCase(Locale.ROOT);
            boolean known =
                    alternate.language().equalsIgnoreCase("x-default")
                            || LanguageTags.isLanguage(language);
            String url = alternate.written().toLowerCase(Locale.ROOT);
            boolean absolute = url.startsWith("http:") || url.startsWith("https:");
            if (!known || !absolute) {
                problems.add(
                        with(
                                alternate.evidence(),
                                known
                                        ? "the URL is not absolute"
                                        : "“" + alternate.language() + "” is no language"));
            }
        }
        return Result.failIfAny(problems, problems.size() + " links are not valid.", "");
    }

    private static Result htmlLang(PageFacts page) {
        List<Element> roots = page.html().elements("html");
        String language = roots.isEmpty() ? "" : roots.getFirst().attr("lang").strip();
        if (language.isEmpty()) {
            return Result.fail("There is no lang on the html element.");
        }
        Evidence evidence = page.html().evidence(roots.getFirst(), "");
        String problem = LanguageTags.problem(language);
        return problem.isEmpty()
                ? Result.pass("", List.of(evidence))
                : Result.fail(problem + ".", evidence);
    }

    private static Result codes(PageFacts page) {
        List<Alternate> alternates = alternates(page);
        if (alternates.isEmpty()) {
            return Result.notApplicable("There are no alternate links with a language.");
        }
        List<Evidence> problems = new ArrayList<>();
        for (Alternate alternate : alternates) {
            String problem = LanguageTags.hreflangProblem(alternate.language());
            if (!problem.isEmpty()) {
                problems.add(with(alternate.evidence(), problem));
            }
        }
        return Result.failIfAny(problems, problems.size() + " codes are not registered.", "");
    }

    private static Result self(PageFacts page) {
        List<Alternate> alternates = alternates(page);
        if (alternates.isEmpty()) {
            return Result.notApplicable("There are no alternate links with a language.");
        }
        Set<String> urls = alternateUrls(page);
        String canonical =
                CanonicalRules.url(page).map(HttpUrl::toString).orElse(page.url().toString());
        return urls.contains(page.url().toString()) || urls.contains(canonical)
                ? Result.pass("")
                : Result.fail(
                        "None of them leads to this page.",
                        alternates.stream().map(Alternate::evidence).toList());
    }

    private static Result unique(PageFacts page) {
        List<Alternate> alternates = alternates(page);
        if (alternates.isEmpty()) {
            return Result.notApplicable("There are no alternate links with a language.");
        }
        Map<String, String> urls = new HashMap<>();
        List<Evidence> problems = new ArrayList<>();
        for (Alternate alternate : alternates) {
            String before =
                    urls.putIfAbsent(
                            alternate.language().toLowerCase(Locale.ROOT), alternate.written());
            if (before != null && !before.equals(alternate.written())) {
                problems.add(with(alternate.evidence(), "the language also leads to " + before));
            }
        }
        return Result.failIfAny(problems, problems.size() + " languages have two URLs.", "");
    }
}
