package dev.gatehouse.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A site made up from a seed, whose broken links are known: pages in a tree with links across it,
 * files, links to what is missing, and links to fragments that no page has. A page is made when it
 * is asked for, so that a site of any size takes no memory.
 */
public final class LinkFixture {

    private static final int ACROSS = 5;
    private static final int SECTIONS = 4;
    private static final String TEXT =
            "The quick brown fox jumps over the lazy dog, and the lazy dog does not mind. "
                    .repeat(6);

    private final long seed;
    private final int pages;
    private final int files;
    private final int broken;
    private final int redirects;
    private final Map<Integer, List<String>> extra = new HashMap<>();
    private final Set<String> brokenLinks = new TreeSet<>();
    private final Set<String> fragmentLinks = new TreeSet<>();

    /** A site of so many of each; each has a URL of its own, but for the fragments. */
    public LinkFixture(
            long seed, int pages, int files, int broken, int badFragments, int redirects) {
        this.seed = seed;
        this.pages = pages;
        this.files = files;
        this.broken = broken;
        this.redirects = redirects;
        Random random = new Random(seed);
        for (int i = 0; i < broken; i++) {
            String path = missing(i);
            brokenLinks.add(path);
            place(random, path);
            if (i % 3 == 0) {
                place(random, path); // and once more from elsewhere
            }
        }
        for (int i = 0; i < badFragments; i++) {
            String link = page(random.nextInt(pages)) + "#nowhere-" + i;
            fragmentLinks.add(link);
            place(random, link);
        }
        for (int i = 0; i < redirects; i++) {
            place(random, "/old/" + i + ".html");
        }
        for (int i = 0; i < files; i++) {
            place(random, file(i));
        }
    }

    /** 641 URLs: 500 pages, 81 files, 60 broken links; and 10 bad fragments. */
    public static LinkFixture reference() {
        return new LinkFixture(1, 500, 81, 60, 10, 0);
    }

    /** A site of other proportions, with redirects. */
    public static LinkFixture second() {
        return new LinkFixture(20_261_127, 300, 140, 37, 23, 25);
    }

    /** A site of about so many URLs, in the proportions of the reference. */
    public static LinkFixture ofUrls(int urls) {
        int pages = urls * 500 / 641;
        int broken = urls * 60 / 641;
        return new LinkFixture(7, pages, urls - pages - broken, broken, urls * 10 / 641, 0);
    }

    private void place(Random random, String link) {
        extra.computeIfAbsent(random.nextInt(pages), _ -> new ArrayList<>()).add(link);
    }

    /** The different URLs, without fragments. */
    public int urls() {
        return pages + files + broken + redirects;
    }

    public int pages() {
        return pages;
    }

    /** The paths of links that are broken. */
    public Set<String> brokenLinks() {
        return Set.copyOf(brokenLinks);
    }

    /** The paths, with the fragment, of links to a fragment that is not there. */
    public Set<String> fragmentLinks() {
        return Set.copyOf(fragmentLinks);
    }

    private static String page(int number) {
        return number == 0 ? "/" : "/page-" + number + ".html";
    }

    private static String file(int number) {
        return "/files/" + number + List.of(".png", ".css", ".js", ".pdf").get(number % 4);
    }

    private static String missing(int number) {
        return "/missing/" + number + ".html";
    }

    /** The response to that target. */
    public TestSite.Response answer(String target) {
        if (target.equals("/")) {
            return TestSite.response(200).html(html(0));
        }
        int number = number(target);
        if (target.equals("/page-" + number + ".html") && number > 0 && number < pages) {
            return TestSite.response(200).html(html(number));
        }
        if (target.equals("/old/" + number + ".html") && number < redirects) {
            return TestSite.response(301).with("Location", page(number % pages));
        }
        if (number >= 0 && number < files && target.equals(file(number))) {
            return file(target);
        }
        int status =
                target.equals(missing(number)) && number < broken
                        ? List.of(404, 404, 404, 410, 500).get(number % 5)
                        : 404;
        return TestSite.response(status)
                .html("<!doctype html><title>Not found</title><p>Not found");
    }

    /** The number in a path, or -1. */
    private static int number(String target) {
        String digits = target.replaceAll("[^0-9]", "");
        return digits.isEmpty() || digits.length() > 8 ? -1 : Integer.parseInt(digits);
    }

    private static TestSite.Response file(String target) {
        String type =
                switch (target.substring(target.lastIndexOf('.'))) {
                    case ".png" -> "image/png";
                    case ".css" -> "text/css";
                    case ".js" -> "text/javascript";
                    default -> "application/pdf";
                };
        return TestSite.response(200)
                .with("Content-Type", type)
                .body("/* a file */".repeat(100).getBytes(StandardCharsets.UTF_8));
    }

    private String html(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        StringBuilder page =
                new StringBuilder("<!doctype html><html lang=en><head><meta charset=utf-8>");
        page.append("<title>Page ").append(number).append("</title></head><body>");
        page.append("<h1>Page ").append(number).append("</h1><nav><a href=\"/\">Home</a>");
        for (int child = number * 2 + 1; child <= number * 2 + 2 && child < pages; child++) {
            link(page, page(child));
        }
        page.append("</nav>");
        IntStream.range(0, ACROSS).forEach(_ -> link(page, across(random)));
        for (int section = 0; section < SECTIONS; section++) {
            page.append("<h2 id=\"section-").append(section).append("\">Section</h2><p>");
            page.append(TEXT).append("</p>");
        }
        extra.getOrDefault(number, List.of()).forEach(target -> reference(page, target));
        return page.append("</body></html>").toString();
    }

    private String across(Random random) {
        String target = page(random.nextInt(pages));
        return random.nextInt(4) == 0 ? target + "#section-" + random.nextInt(SECTIONS) : target;
    }

    private static void link(StringBuilder page, String target) {
        page.append("<p><a href=\"").append(target).append("\">Go to ").append(target);
        page.append("</a></p>");
    }

    private static void reference(StringBuilder page, String target) {
        if (target.endsWith(".png")) {
            page.append("<img src=\"").append(target).append("\" alt=\"\">");
        } else if (target.endsWith(".js")) {
            page.append("<script src=\"").append(target).append("\"></script>");
        } else if (target.endsWith(".css")) {
            page.append("<link rel=\"stylesheet\" href=\"").append(target).append("\">");
        } else {
            link(page, target);
        }
    }
}
