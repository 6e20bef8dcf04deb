package dev.gatehouse.tools.outside;

import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.liveness.PublicAddressScreenshots;
import dev.gatehouse.liveness.Verdict;
import dev.gatehouse.tools.job.Acceptance;
import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobLimits;
import dev.gatehouse.tools.job.JobPart;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobStoreException;
import dev.gatehouse.tools.job.JobTool;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.NewJob;
import dev.gatehouse.tools.job.Submission;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.screenshot.ImageDifference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.support.CronExpression;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has screenshots of this server's own site taken, by the schedule and after each deployment, and
 * compares each with the one before. Each instance submits those of a time and of a deployment with
 * the same idempotency key, so that instances with one database take one; each reads them all.
 */
final class OwnSiteScreenshots implements PublicAddressScreenshots {

    static final String TOOL = "screenshot";

    private static final Logger logger = LoggerFactory.getLogger(OwnSiteScreenshots.class);

    private static final List<ViewKind> VIEWS =
            List.of(
                    new ViewKind("desktop", "image", 1280, 800),
                    new ViewKind("phone", "image-phone", 390, 844));

    private static final Duration KEPT = Duration.ofDays(7);

    /** One a day, and as many deployments in a week. */
    private static final int MOST = 14;

    /** Of the newest screenshots the images of what has changed are kept. */
    private static final int WITH_OVERLAY = 4;

    /** After its start, until the load balancer leads to a new instance. */
    private static final Duration AFTER_START = Duration.ofMinutes(1);

    private static final Duration AGAIN = Duration.ofMinutes(10);
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

    /** The id of the screenshot that was found in the files of an earlier run. */
    private static final String SAVED = "saved";

    private final CronExpression schedule;
    private final double changedShare;
    private final HttpUrl site;
    private final String deployment;
    private final Supplier<JobStore> store;
    private final Supplier<JobTools> tools;
    private final EventLog events;
    private final SavedImages files;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.shared();
    private Instant due;
    private Instant deploymentDue;
    private boolean started;
    private String problem = "";
    private @Nullable String running;
    private Map<String, byte[]> saved = Map.of();
    private volatile List<Shot> shots = List.of();

    private record ViewKind(String name, String part, int width, int height) {}

    /**
     * A screenshot that was read.
     *
     * @param differences to the one before, by view
     * @param overlays by view, of what differs
     */
    private record Shot(
            String id,
            Instant time,
            Map<String, Double> differences,
            Map<String, byte[]> overlays) {

        private Shot withoutOverlays() {
            return new Shot(id, time, differences, Map.of());
        }
    }

    /**
     * The screenshots of a site.
     *
     * @param deployment equal on all instances of it
     */
    OwnSiteScreenshots(
            ScreenshotScheduleProperties properties,
            HttpUrl site,
            String deployment,
            Supplier<JobStore> store,
            Supplier<JobTools> tools,
            EventLog events,
            SavedImages files,
            Clock clock) {
        this.schedule = properties.cron();
        this.changedShare = properties.changedShare();
        this.site = site;
        this.deployment = deployment;
        this.store = store;
        this.tools = tools;
        this.events = events;
        this.files = files;
        this.clock = clock;
        this.due = after(clock.instant());
        this.deploymentDue = clock.instant().plus(AFTER_START);
    }

    private Instant after(Instant time) {
        ZonedDateTime next = schedule.next(time.atZone(ZoneOffset.UTC));
        return next == null ? Instant.MAX : next.toInstant();
    }

    Duration pause() {
        if (running != null) {
            return SHORT_PAUSE;
        }
        Instant next = due.isBefore(deploymentDue) ? due : deploymentDue;
        Duration left = Duration.between(clock.instant(), next);
        return left.isNegative() ? SHORT_PAUSE : left.compareTo(LONG_PAUSE) < 0 ? left : LONG_PAUSE;
    }

    /** Submits the screenshot whose time has come, and reads those that have been taken. */
    void step() {
        if (!started) {
            restore();
        }
        Instant now = clock.instant();
        if (running == null && !now.isBefore(deploymentDue)) {
            running = submit("deployment " + deployment);
            deploymentDue = running == null ? now.plus(AGAIN) : Instant.MAX;
        } else if (running == null && !now.isBefore(due)) {
            running = submit(due.toString());
            due = after(now);
        }
        String id = running;
        if (id != null) {
            Job job = store.get().find(id).orElse(null);
            if (job == null || job.state().isFinal()) {
                running = null;
                String text =
                        job == null || job.failure() == null ? "" : " " + job.failure().text();
                tell(job != null && job.report() != null ? "" : "It failed." + text);
            }
        }
        read();
        started = true;
    }

    private void restore() {
        if (!store.get().isShared()) {
            saved =
                    files.load(
                            VIEWS.stream().map(ViewKind::name).toList(),
                            clock.instant().minus(KEPT));
        }
    }

    private @Nullable String submit(String key) {
        Optional<String> request = request(tools.get().get(TOOL).tool().get());
        if (request.isEmpty()) {
            return null;
        }
        JobLimits limits = tools.get().get(TOOL).tool().get().limits();
        NewJob job =
                new NewJob(
                        NewJob.newId(),
                        TOOL,
                        JobContext.THIS_SERVER,
                        key,
                        request.get(),
                        null,
                        limits.queued(),
                        KEPT);
        return switch (store.get().submit(job)) {
            case Submission.Accepted(Job accepted) -> accepted.id();
            case Submission.Replayed(Job replayed) -> replayed.id();
            case Submission.KeyReused _ -> null; // of another address of the site
            case Submission.QueueFull _, Submission.TooManyUnfinished _ -> {
                tell("The queue is full.");
                yield null;
            }
        };
    }

    private <R> Optional<String> request(JobTool<R> tool) {
        R request =
                json.convertValue(
                        Map.of(
                                "url",
                                site.toString(),
                                "compare",
                                "devices",
                                "waitUntil",
                                "idle",
                                "reducedMotion",
                                true),
                        tool.requestType());
        return switch (tool.accept(request)) {
            case Acceptance.Accepted<R>(R complete, _) ->
                    Optional.of(json.writeValueAsString(complete));
            case Acceptance.Refused<R>(var refusal) -> {
                tell(refusal.text());
                yield Optional.empty();
            }
        };
    }

    /** Once, when it begins. */
    private void tell(String newProblem) {
        if (!newProblem.isEmpty() && !newProblem.equals(problem)) {
            logger.warn("There is no screenshot of {}: {}", site, newProblem);
        }
        problem = newProblem;
    }

    /** Reads the screenshots that are not known yet, from the oldest to the newest. */
    private void read() {
        Map<String, Shot> known = new LinkedHashMap<>();
        shots.forEach(shot -> known.put(shot.id(), shot));
        List<Shot> all = new ArrayList<>();
        if (!saved.isEmpty()) {
            all.add(new Shot(SAVED, files.time(VIEWS.getFirst().name()), Map.of(), Map.of()));
        }
        for (Job job : store.get().results(TOOL, JobContext.THIS_SERVER, MOST).reversed()) {
            if (job.request().contains(json.writeValueAsString(site.toString()))) {
                Shot shot = known.get(job.id());
                all.add(shot == null ? read(job, all.isEmpty() ? null : all.getLast()) : shot);
            }
        }
        List<Shot> newest = all.reversed().stream().limit(MOST).toList();
        List<Shot> kept = new ArrayList<>();
        for (Shot shot : newest) {
            kept.add(kept.size() < WITH_OVERLAY ? shot : shot.withoutOverlays());
        }
        shots = List.copyOf(kept);
    }

    private Shot read(Job job, @Nullable Shot before) {
        Map<String, Double> differences = new LinkedHashMap<>();
        Map<String, byte[]> overlays = new LinkedHashMap<>();
        for (ViewKind view : VIEWS) {
            Optional<byte[]> image = stored(job.id(), view);
            Optional<byte[]> last = before == null ? Optional.empty() : current(before.id(), view);
            if (image.isPresent() && last.isPresent()) {
                compare(last.get(), image.get())
                        .ifPresent(
                                difference -> {
                                    differences.put(view.name(), difference.share());
                                    if (difference.share() > 0) {
                                        overlays.put(view.name(), difference.overlay());
                                    }
                                });
            }
            if (image.isPresent() && started && !store.get().isShared()) {
                files.save(view.name(), image.get());
            }
        }
        Shot shot = new Shot(job.id(), job.createdAt(), differences, overlays);
        if (started && before != null) {
            report(shot, before);
        }
        return shot;
    }

    private static Optional<ImageDifference> compare(byte[] before, byte[] after) {
        try {
            return Optional.of(
                    ImageDifference.between(
                            new ByteArrayInputStream(before), new ByteArrayInputStream(after)));
        } catch (IOException ex) {
            logger.warn("Two screenshots of this site cannot be compared: {}", ex.toString());
            return Optional.empty();
        }
    }

    private void report(Shot shot, Shot before) {
        List<String> changed =
                shot.differences().entrySet().stream()
                        .filter(view -> view.getValue() > changedShare)
                        .map(view -> "%s %.1f %%".formatted(view.getKey(), 100 * view.getValue()))
                        .toList();
        if (!changed.isEmpty()) {
            String detail =
                    String.format(
                            Locale.ROOT,
                            "Pixels that differ from the screenshot of %s: %s.",
                            before.time().truncatedTo(ChronoUnit.SECONDS),
                            String.join(", ", changed));
            events.add(Verdict.State.ALIVE, "The site looks different than before", detail);
            logger.info("{} looks different than before. {}", site, detail);
        }
    }

    private Optional<byte[]> current(String id, ViewKind view) {
        return id.equals(SAVED) ? Optional.ofNullable(saved.get(view.name())) : stored(id, view);
    }

    private Optional<byte[]> stored(String id, ViewKind view) {
        Optional<JobPart> part = store.get().part(id, view.part());
        if (part.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream content = part.get().content().open()) {
            return Optional.of(content.readAllBytes());
        } catch (IOException ex) {
            logger.warn("A screenshot of this site cannot be read: {}", ex.toString());
            return Optional.empty();
        }
    }

    @Override
    public List<Screenshot> screenshots() {
        return shots.stream()
                .map(shot -> new Screenshot(shot.id(), shot.time(), views(shot)))
                .toList();
    }

    private static List<View> views(Shot shot) {
        return VIEWS.stream()
                .map(
                        view ->
                                new View(
                                        view.name(),
                                        view.width(),
                                        view.height(),
                                        shot.differences().get(view.name()),
                                        shot.overlays().containsKey(view.name())))
                .toList();
    }

    @Override
    public Optional<byte[]> image(String id, String view, boolean difference) {
        Optional<Shot> shot = shots.stream().filter(each -> each.id().equals(id)).findFirst();
        if (difference) {
            return shot.flatMap(each -> Optional.ofNullable(each.overlays().get(view)));
        }
        try {
            return shot.flatMap(
                    each ->
                            VIEWS.stream()
                                    .filter(kind -> kind.name().equals(view))
                                    .findFirst()
                                    .flatMap(kind -> current(each.id(), kind)));
        } catch (JobStoreException _) {
            return Optional.empty();
        }
    }
}
