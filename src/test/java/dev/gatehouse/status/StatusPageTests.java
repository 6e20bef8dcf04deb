package dev.gatehouse.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.page.PageTemplate;
import dev.gatehouse.status.StatusPage.Certificate;
import dev.gatehouse.status.StatusPage.Component;
import dev.gatehouse.status.StatusPage.Line;
import dev.gatehouse.status.StatusTimeline.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class StatusPageTests {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    /** What a server sends without waiting for an acknowledgement (RFC 6928), less the heads. */
    private static final int FIRST_FLIGHT = 14_600;

    private static String page(List<Interval> history) {
        List<Component> components =
                Arrays.stream(StatusComponent.values())
                        .map(
                                c ->
                                        new Component(
                                                c.tag(),
                                                c.title(),
                                                ComponentCondition.DEAD,
                                                9999L,
                                                99.999,
                                                history,
                                                null,
                                                null))
                        .toList();
        Line line =
                new Line(
                        NOW,
                        ComponentCondition.DEAD,
                        "A new certificate cannot be served, and this text is long",
                        null);
        StatusPage status =
                new StatusPage(
                        "gatehouse-7c9d8f6b5d-x2x4q",
                        null,
                        "Plain HTTP and HTTPS are dead",
                        ComponentCondition.DEAD,
                        false,
                        components,
                        new Certificate(
                                List.of("example.com", "www.example.com"),
                                30,
                                LocalDate.EPOCH,
                                false,
                                "CN=An Intermediate"),
                        null,
                        Collections.nCopies(12, line),
                        null);
        String html = new PageTemplate("status").render(HttpStatus.OK, status, List.of()).getBody();
        return html == null ? "" : html;
    }

    @Test
    void pageWhenAnIssuersCertificateIsMissingNamesIt() {
        assertThat(Jsoup.parse(page(interruptions(3600, 1))).select("#issuer strong").text())
                .isEqualTo("CN=An Intermediate");
    }

    /** One interruption of that length in each period, over the last 24 hours. */
    private static List<Interval> interruptions(int periodSeconds, int seconds) {
        StatusTimeline timeline = new StatusTimeline();
        Instant start = NOW.minus(StatusTimeline.SPAN);
        for (int at = 0; at < 24 * 3600; at += periodSeconds) {
            Instant from = start.plusSeconds(at);
            ComponentCondition condition =
                    at / periodSeconds % 2 == 0 ? ComponentCondition.DEAD : ComponentCondition.BUSY;
            timeline.add(new Interval(from, from.plusSeconds(seconds), condition));
            timeline.add(
                    new Interval(
                            from.plusSeconds(seconds),
                            from.plusSeconds(periodSeconds),
                            ComponentCondition.ALIVE));
        }
        return timeline.until(NOW);
    }

    @Test
    void pageWhenThereWereManyInterruptionsArrivesInTheFirstFlight() {
        for (int minutes : new int[] {2, 5, 10, 14, 15, 16, 17, 30}) {
            assertThat(page(interruptions(minutes * 60, 40)))
                    .as("every %d min", minutes)
                    .hasSizeLessThan(FIRST_FLIGHT);
        }
    }

    @Test
    void pageWhenThereWereManyInterruptionsListsTheNewestAndLinksToAll() {
        Document page = Jsoup.parse(page(interruptions(3600, 40)));

        assertThat(page.select("#http .times li").eachText())
                .hasSize(4)
                .first()
                .isEqualTo("11:00:00 UTC busy 40 s");
        assertThat(page.select("#http rect").eachAttr("aria-label"))
                .hasSize(4)
                .contains("busy 11:00:00 to 11:00:40 UTC, 40 s");
        assertThat(page.select("#http details p").text()).isEqualTo("All 24 are in the JSON.");
        assertThat(page.select("#http details a").attr("href")).isEqualTo("/status?format=json");
    }

    @Test
    void timelineDrawsOlderInterruptionsToo() {
        Document page = Jsoup.parse(page(interruptions(3 * 3600, 40)));

        assertThat(page.select("#http path.dead").attr("d"))
                .isEqualTo("M0 0h6v28H0zM360 0h6v28H360zM720 0h6v28H720zM1080 0h6v28H1080z");
        assertThat(page.select("#http path.alive").attr("d")).isEqualTo("M0 0h1440v28H0z");
    }
}
