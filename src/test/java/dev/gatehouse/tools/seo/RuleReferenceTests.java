package dev.gatehouse.tools.seo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RuleReferenceTests {

    private static String row(String id, double weight, String title, String source) {
        String text = String.format(Locale.ROOT, "%.2f", weight).replaceFirst("\\.?0+$", "");
        return "| `"
                + id
                + "`"
                + (Score.LIGHTHOUSE.contains(id) || id.equals("structured-data")
                        ? " (Lighthouse)"
                        : "")
                + " | "
                + text
                + " | "
                + title
                + " | <"
                + source
                + "> |";
    }

    @Test
    void documentationHasEachRuleWithWeightAndSource() throws IOException {
        String documentation = Files.readString(Path.of("docs/seo.md"));

        assertThat(PageRules.ALL)
                .allSatisfy(
                        rule ->
                                assertThat(documentation)
                                        .contains(
                                                row(
                                                        rule.id(),
                                                        rule.weight(),
                                                        rule.title(),
                                                        rule.source())));
        assertThat(SiteRules.ALL)
                .allSatisfy(
                        rule ->
                                assertThat(documentation)
                                        .contains(
                                                row(
                                                        rule.id(),
                                                        rule.weight(),
                                                        rule.title(),
                                                        rule.source())));
    }
}
