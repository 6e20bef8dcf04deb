package dev.gatehouse.tools.seo;

import static org.assertj.core.api.Assertions.assertThat;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9309, with the examples of Google's documentation. */
class RobotsFileTests {

    private static final List<String> LINES =
            List.of(
                    "User-agent: *",
                    "user-agent: ABot",
                    "User-Agent : abot/1.2",
                    "User-agent: bbot # comment",
                    "User-agent:",
                    "Disallow: /",
                    "Disallow:",
                    "Disallow: /a",
                    "Disallow: /a/*b$",
                    "Disallow: *.php",
                    "Disallow: /%C3%B6",
                    "Disallow: /ö",
                    "disallow:/a?x=1",
                    "Allow: /a/",
                    "Allow: /a/c$",
                    "Allow: /",
                    "Allow: /*/b",
                    "Sitemap: https://example.com/map.xml",
                    "Crawl-delay: 1",
                    "Unknown: x",
                    "no colon",
                    "",
                    "# comment");

    private static final List<String> PATHS =
            List.of(
                    "/", "/a", "/a/", "/a/b", "/a/xb", "/a/c", "/a/c/d", "/x.php", "/%C3%B6",
                    "/a?x=1");

    private static boolean allows(String robots, String agent, String path) {
        return RobotsFile.parse(robots).blocking(agent, path).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/, /anything, true",
        "/*, /anything, true",
        "/$, /, true",
        "/$, /x, false",
        "/fish, /fish/salmon.html, true",
        "/fish, /Fish.asp, false",
        "/fish*, /fishheads, true",
        "/fish/, /fish, false",
        "/*.php, /windows.PHP, false",
        "/*.php, /folder/filename.php?parameters, true",
        "/*.php$, /filename.php, true",
        "/*.php$, /filename.php?parameters, false",
        "/fish*.php, /fishheads/catfish.php?parameters, true",
        "/*a*b*c$, /xaxbxbxc, true",
        "/ö, /%C3%B6, true",
        "/%c3%b6, /%C3%B6x, true",
        "*/x, /a/x, true",
    })
    void patternMatchesPath(String pattern, String path, boolean matches) {
        assertThat(allows("User-agent: *\nDisallow: " + pattern, "any", path)).isEqualTo(!matches);
    }

    @Test
    void longestRuleWinsAndAllowWinsAmongEquals() {
        String robots = "User-agent: *\nDisallow: /\nAllow: /p\nDisallow: /page\nAllow: /page";
        assertThat(allows(robots, "any", "/x")).isFalse();
        assertThat(allows(robots, "any", "/p")).isTrue();
        assertThat(allows(robots, "any", "/page")).isTrue();
    }

    @Test
    void ownGroupReplacesThatForAllAndSeveralAreMerged() {
        String robots =
                "User-agent: *\nDisallow: /\nUser-agent: a/1.0\nUser-agent: B\nDisallow: /x\n"
                        + "Sitemap: https://example.com/s.xml\nUser-agent: a\nDisallow: /y";
        assertThat(allows(robots, "A", "/z")).isTrue();
        assertThat(allows(robots, "a", "/x")).isFalse();
        assertThat(allows(robots, "a", "/y")).isFalse();
        assertThat(allows(robots, "b", "/y")).isTrue();
        assertThat(allows(robots, "c", "/z")).isFalse();
    }

    @Test
    void emptyGroupAllowsAll() {
        assertThat(allows("User-agent: *\nDisallow: /\nUser-agent: a\nDisallow:", "a", "/"))
                .isTrue();
    }

    @Test
    void ruleKnowsItsLine() {
        RobotsFile robots =
                RobotsFile.parse("\ufeff# comment\r\nUser-agent: *\r\nDisallow: /a # b\r\n");
        assertThat(robots.blocking("any", "/a"))
                .hasValueSatisfying(rule -> assertThat(rule.line()).isEqualTo(3));
    }

    /** With a matcher that tries each way, this takes longer than the universe has existed. */
    @Test
    void patternOfManyStarsIsMatchedInBoundedSteps() {
        String pattern = "/" + "*a".repeat(2_000) + "$";
        assertThat(allows("User-agent: *\nDisallow: " + pattern, "any", "/" + "ab".repeat(4_000)))
                .isTrue();
    }

    @Test
    void applebotFollowsGooglebotWhereItHasNoGroupOfItsOwn() {
        RobotsFile robots = RobotsFile.parse("User-agent: Googlebot\nDisallow: /");
        Audience applebot =
                Audience.ALL.stream()
                        .filter(a -> a.name().equals("Applebot"))
                        .findFirst()
                        .orElseThrow();
        assertThat(applebot.blocking(robots, RuleFixture.url("https://example.com/"))).isPresent();
    }

    /** The crawler obeys crawler-commons: the audit, which also names the line, must not differ. */
    @Test
    void fileIsReadAsTheCrawlerReadsIt() {
        Random random = new Random(9309);
        for (int i = 0; i < 3_000; i++) {
            String robots =
                    Stream.generate(() -> line(random))
                            .limit(1 + random.nextInt(10))
                            .collect(Collectors.joining("\n"));
            for (String agent : List.of("abot", "bbot", "other")) {
                SimpleRobotRules rules =
                        new SimpleRobotRulesParser()
                                .parseContent(
                                        "https://example.com/robots.txt",
                                        robots.getBytes(StandardCharsets.UTF_8),
                                        "text/plain",
                                        List.of(agent));
                for (String path : PATHS) {
                    assertThat(allows(robots, agent, path))
                            .as("%s %s%n%s", agent, path, robots)
                            .isEqualTo(rules.isAllowed("https://example.com" + path));
                }
            }
        }
    }

    private static String line(Random random) {
        return LINES.get(random.nextInt(LINES.size()));
    }
}
