package dev.gatehouse.tools.outside;

import dev.gatehouse.liveness.EventLog;
import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobLimits;
import dev.gatehouse.tools.job.JobRow;
import dev.gatehouse.tools.job.JobState;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.NewJob;
import dev.gatehouse.tools.job.RowQuery;
import dev.gatehouse.tools.job.Submission;
import dev.gatehouse.tools.outbound.HttpUrl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.support.CronExpression;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has the links of this server's own site checked by the schedule. Each instance submits the check
 * of a time with the same idempotency key, so that instances with one database check once; each
 * reads the result, and finds the one before it after a restart.
 */
class OwnSiteLinks {

    static final String TOOL = "dead-links";

    private static final Logger logger = LoggerFactory.getLogger(OwnSiteLinks.class);

    /** Verdicts of a link that leads where it should, if not directly. */
    private static final Set<String> GOOD = Set.of("ok", "redirected", "insecure");

    private static final Set<String> BAD = Set.of("broken", "bad-fragment", "soft-404");

    private static final String ROWS = "links";
    private static final int PAGE = 1000;
    private static final int PAGES_OF_SITE = 500;
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

    private final CronExpression schedule;
    private final HttpUrl site;
    private final Supplier<JobStore> store;
    private final Supplier<JobTools> tools;
    private final EventLog events;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.shared();
    private Instant due;
    private boolean started;
    private @Nullable String running;
    private Set<String> good = Set.of();
    private volatile Set<String> broken = Set.of();
    private volatile @Nullable Map<String, Integer> counts;

    OwnSiteLinks(
            CronExpression schedule,
            HttpUrl site,
            Supplier<JobStore> store,
            Supplier<JobTools> tools,
            EventLog events,
            Clock clock) {
        this.schedule = schedule;
        this.site = site;
        this.store = store;
        this.tools = tools;
        this.events = events;
        this.clock = clock;
        this.due = after(clock.instant());
    }

    /** The number of links with that verdict in the last check, or null before the first. */
    @Nullable Integer count(String verdict) {
        Map<String, Integer> last = counts;
        return last == null ? null : last.getOrDefault(verdict, 0);
    }

    /** The links that are broken and once were not. */
    Set<String> brokenSince() {
        return broken;
    }

    Duration pause() {
        if (running != null) {
            return SHORT_PAUSE;
        }
        Duration left = Duration.between(clock.instant(), due);
        return left.isNegative() ? SHORT_PAUSE : left.compareTo(LONG_PAUSE) < 0 ? left : LONG_PAUSE;
    }

    /** Submits the check whose time has come, or looks whether it has ended. */
    void step() {
        if (!started) {
            readLast();
            started = true;
        }
        Instant now = clock.instant();
        if (running == null && !now.isBefore(due)) {
            running = submit(due);
            due = after(now);
        }
        String id = running;
        if (id != null) {
            Job job = store.get().find(id).orElse(null);
            if (job == null || isEnded(job)) {
                running = null;
                read(job);
            }
        }
    }

    private static boolean isEnded(Job job) {
        return job.state() != JobState.QUEUED && job.state() != JobState.RUNNING;
    }

    private Instant after(Instant time) {
        ZonedDateTime next = schedule.next(time.atZone(ZoneOffset.UTC));
        return next == null ? Instant.MAX : next.toInstant();
    }

    /** The time before {@link #due}, or null where there is none in twice the time to the next. */
    private @Nullable Instant lastDue() {
        Instant now = clock.instant();
        Duration period = Duration.between(due, after(due));
        Instant last = null;
        Instant each = after(now.minus(period.multipliedBy(2)));
        while (each.isBefore(due)) {
            last = each;
            each = after(each);
        }
        return last;
    }

    /** What was good before this process started. */
    private void readLast() {
        Instant last = due.equals(Instant.MAX) ? null : lastDue();
        if (last == null) {
            return;
        }
        Optional<Submission> before = store.get().replay(job(last));
        if (before.orElse(null) instanceof Submission.Replayed(Job job)) {
            if (isEnded(job)) {
                read(job);
            } else {
                running = job.id();
            }
        }
    }

    private @Nullable String submit(Instant time) {
        return switch (store.get().submit(job(time))) {
            case Submission.Accepted(Job job) -> job.id();
            case Submission.Replayed(Job job) -> job.id();
            case Submission.QueueFull _, Submission.TooManyUnfinished _, Submission.KeyReused _ -> {
                logger.warn("The links of {} are not checked: the queue is full", site);
                yield null;
            }
        };
    }

    private NewJob job(Instant time) {
        JobLimits limits = tools.get().get(TOOL).tool().get().limits();
        Duration period = Duration.between(due, after(due));
        Duration kept = period.multipliedBy(2).plus(limits.deadline());
        String request =
                json.writeValueAsString(
                        new TreeMap<>(
                                Map.of(
                                        "url",
                                        site.toString(),
                                        "scope",
                                        "site",
                                        "maxPages",
                                        PAGES_OF_SITE)));
        return new NewJob(
                NewJob.newId(),
                TOOL,
                JobContext.THIS_SERVER,
                time.toString(),
                request,
                null,
                limits.queued(),
                kept);
    }

    private void read(@Nullable Job job) {
        if (job == null || (job.state() != JobState.DONE && job.state() != JobState.PARTIAL)) {
            logger.warn("The check of the links of {} failed", site);
            return;
        }
        Map<String, Integer> verdicts = new TreeMap<>();
        Set<String> nowGood = new HashSet<>();
        Set<String> nowBroken = new HashSet<>();
        long after = 0;
        for (List<JobRow> rows = rows(job, after); !rows.isEmpty(); rows = rows(job, after)) {
            for (JobRow row : rows) {
                String verdict = row.facets().getOrDefault("verdict", "");
                verdicts.merge(verdict, 1, Integer::sum);
                JsonNode link = row.data();
                String url = link.path("url").asString("");
                if (GOOD.contains(verdict)) {
                    nowGood.add(url);
                } else if (BAD.contains(verdict) && (good.contains(url) || broken.contains(url))) {
                    nowBroken.add(url);
                    report(url, link);
                }
            }
            after = rows.getLast().number();
        }
        good = nowGood;
        broken = Set.copyOf(nowBroken);
        counts = Map.copyOf(verdicts);
        logger.info("The links of {}: {}", site, verdicts);
    }

    private List<JobRow> rows(Job job, long after) {
        return store.get().rows(job.id(), new RowQuery(ROWS, after, PAGE, Map.of()));
    }

    /** Once, when it breaks. */
    private void report(String url, JsonNode link) {
        if (broken.contains(url)) {
            return;
        }
        String text =
                "A link of this site that was good is broken: %s. %s"
                        .formatted(url, link.path("reason").asString(""));
        events.add(text);
        logger.warn("{}", text);
    }
}
