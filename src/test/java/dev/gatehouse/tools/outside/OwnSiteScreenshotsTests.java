package dev.gatehouse.tools.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.liveness.PublicAddressScreenshots.Screenshot;
import dev.gatehouse.liveness.PublicAddressScreenshots.View;
import dev.gatehouse.testing.SettableClock;
import dev.gatehouse.tools.job.Acceptance;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.MemoryJobStore;
import dev.gatehouse.tools.job.ToolProblem;
import dev.gatehouse.tools.job.ToolRegistration;
import dev.gatehouse.tools.outbound.HttpUrl;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** With jobs that draw their images themselves. */
class OwnSiteScreenshotsTests {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir private Path folder;

    private final SettableClock clock = new SettableClock(NOON);
    private final DrawingTool tool = new DrawingTool();
    private final EventLog events = new EventLog(clock);
    private JobStore store = newStore();

    private JobTools tools() {
        return new JobTools(
                List.of(new ToolRegistration("screenshot", "screenshots", "", "", () -> tool)));
    }

    private JobStore newStore() {
        return new MemoryJobStore(
                tools(),
                new JobRunner(tools(), JsonMapper.shared(), Clock.systemUTC()),
                clock,
                "here",
                10_000_000);
    }

    private OwnSiteScreenshots instance(String deployment) {
        return instance(deployment, "files");
    }

    private OwnSiteScreenshots instance(String deployment, String files) {
        return new OwnSiteScreenshots(
                new ScreenshotScheduleProperties(true, "0 30 3 * * *", 0.1),
                ((HttpUrl.Http) HttpUrl.parse("https://site.test/")).url(),
                deployment,
                () -> store,
                this::tools,
                events,
                new SavedImages(folder.resolve(files)),
                clock);
    }

    /** Lets it do what is due, until it has read that many screenshots. */
    private static List<Screenshot> await(OwnSiteScreenshots screenshots, int count) {
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> {
                            screenshots.step();
                            return screenshots.screenshots().size() == count;
                        });
        return screenshots.screenshots();
    }

    private void pass(Duration time) {
        clock.advance(time);
    }

    @Test
    void nothingIsTakenBeforeItsTime() {
        OwnSiteScreenshots screenshots = instance("1");

        screenshots.step();

        assertThat(tool.requests).isEmpty();
        assertThat(screenshots.pause()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void deploymentIsTakenOnceAndEachDayAfterIt() {
        OwnSiteScreenshots screenshots = instance("1");
        pass(Duration.ofMinutes(1));
        Screenshot first = await(screenshots, 1).getFirst();

        assertThat(first.views())
                .containsExactly(
                        new View("desktop", 1280, 800, null, false),
                        new View("phone", 390, 844, null, false));
        assertThat(tool.requests).containsExactly("https://site.test/ devices idle true");
        screenshots.step();
        assertThat(tool.requests).hasSize(1);

        clock.set(Instant.parse("2026-11-28T03:30:00Z"));
        await(screenshots, 2);
        clock.set(Instant.parse("2026-11-29T03:30:00Z"));
        await(screenshots, 3);
        assertThat(tool.requests).hasSize(3);
    }

    @Test
    void screenshotThatDiffersMoreThanTheShareIsAnEvent() throws IOException {
        OwnSiteScreenshots screenshots = instance("1");
        pass(Duration.ofMinutes(1));
        await(screenshots, 1);

        tool.changed = 5; // of 100 rows
        clock.set(Instant.parse("2026-11-28T03:30:00Z"));
        Screenshot slightly = await(screenshots, 2).getFirst();
        assertThat(slightly.views().getFirst())
                .isEqualTo(new View("desktop", 1280, 800, 0.05, true));
        assertThat(events.events()).isEmpty();

        tool.changed = 25;
        clock.set(Instant.parse("2026-11-29T03:30:00Z"));
        Screenshot much = await(screenshots, 3).getFirst();
        assertThat(much.views().getFirst().changed()).isEqualTo(0.2);
        assertThat(events.events()).hasSize(1);
        assertThat(events.events().getFirst().headline())
                .isEqualTo("The site looks different than before");
        assertThat(events.events().getFirst().detail())
                .isEqualTo(
                        "Pixels that differ from the screenshot of 2026-11-28T03:30:00Z: desktop"
                                + " 20.0 %, phone 20.0 %.");
        BufferedImage overlay =
                ImageIO.read(
                        new ByteArrayInputStream(
                                screenshots.image(much.id(), "desktop", true).orElseThrow()));
        assertThat(overlay.getRGB(0, 24)).isEqualTo(0xffd00030);
        assertThat(overlay.getRGB(0, 4)).isNotEqualTo(0xffd00030);
        assertThat(screenshots.image(much.id(), "phone", false)).isPresent();
    }

    @Test
    void imagesOfOtherJobsAndViewsAreNotThere() {
        OwnSiteScreenshots screenshots = instance("1");
        pass(Duration.ofMinutes(1));
        Screenshot first = await(screenshots, 1).getFirst();

        assertThat(screenshots.image("another", "desktop", false)).isEmpty();
        assertThat(screenshots.image(first.id(), "tablet", false)).isEmpty();
        assertThat(screenshots.image(first.id(), "desktop", true)).isEmpty();
    }

    @Test
    void instancesWithOneStoreTakeADeploymentOnce() {
        OwnSiteScreenshots one = instance("2", "one");
        OwnSiteScreenshots other = instance("2", "other");
        OwnSiteScreenshots older = instance("1", "older");
        older.step();
        pass(Duration.ofMinutes(1));

        await(one, 1);
        await(other, 1);

        assertThat(tool.requests).hasSize(1);
        await(older, 2);
        assertThat(tool.requests).hasSize(2);
        assertThat(await(one, 2)).isEqualTo(older.screenshots());
    }

    /** Jobs in memory are lost then. */
    @Test
    void firstScreenshotAfterARestartIsComparedWithTheLastOneBefore() {
        OwnSiteScreenshots before = instance("1");
        before.step();
        pass(Duration.ofMinutes(1));
        await(before, 1);

        store = newStore();
        tool.changed = 50;
        OwnSiteScreenshots after = instance("1");
        clock.set(Instant.now());
        pass(Duration.ofMinutes(5));
        List<Screenshot> both = await(after, 2);

        assertThat(both.getFirst().views().getFirst().changed()).isEqualTo(0.5);
        assertThat(after.image(both.getLast().id(), "desktop", false)).isPresent();
        assertThat(events.events()).hasSize(1);
    }

    @Test
    void screenshotIsKeptForAWeek() {
        OwnSiteScreenshots screenshots = instance("1");
        pass(Duration.ofMinutes(1));
        await(screenshots, 1);
        clock.set(Instant.parse("2026-12-03T03:30:00Z"));
        await(screenshots, 2);

        clock.set(Instant.parse("2026-12-04T12:01:01Z"));
        await(screenshots, 2); // the first has expired, another was taken
        assertThat(screenshots.screenshots())
                .allMatch(each -> each.time().isAfter(NOON.plus(Duration.ofDays(3))));
    }

    @Test
    void siteThatCannotBeShownIsTriedAgain() {
        tool.refusal = new ToolProblem("no-browser", 501, "There is no browser on this server.");
        OwnSiteScreenshots screenshots = instance("1");
        pass(Duration.ofMinutes(1));
        screenshots.step();
        assertThat(tool.requests).isEmpty();

        tool.refusal = null;
        pass(Duration.ofMinutes(10));
        await(screenshots, 1);
    }

    record Request(String url, String compare, String waitUntil, boolean reducedMotion) {}

    /** Draws 100 rows, of which the first are of another colour. */
    private static final class DrawingTool extends OwnSiteTool<Request> {

        private final List<String> requests = new CopyOnWriteArrayList<>();
        private volatile int changed;
        private volatile @Nullable ToolProblem refusal;

        DrawingTool() {
            super("screenshot", Request.class);
        }

        @Override
        public Acceptance<Request> accept(Request request) {
            ToolProblem problem = refusal;
            return problem == null
                    ? new Acceptance.Accepted<>(request, "")
                    : new Acceptance.Refused<>(problem);
        }

        @Override
        public JobResult run(Request request, JobContext context) {
            requests.add(
                    "%s %s %s %s"
                            .formatted(
                                    request.url(),
                                    request.compare(),
                                    request.waitUntil(),
                                    request.reducedMotion()));
            draw(context, "image");
            draw(context, "image-phone");
            return new JobResult.Done(Map.of());
        }

        private void draw(JobContext context, String part) {
            BufferedImage image = new BufferedImage(20, 100, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(Color.GREEN);
            graphics.fillRect(0, 0, 20, changed);
            graphics.dispose();
            try (OutputStream out = context.part(part, "image/png")) {
                ImageIO.write(image, "png", out);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }
}
