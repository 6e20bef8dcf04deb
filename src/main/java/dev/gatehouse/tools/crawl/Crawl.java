package dev.gatehouse.tools.crawl;

import dev.gatehouse.tools.crawl.Visit.Reason;
import dev.gatehouse.tools.outbound.CrawlClient;
import dev.gatehouse.tools.outbound.FetchLimits;
import dev.gatehouse.tools.outbound.FetchResult;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.PageResponse;
import dev.gatehouse.tools.outbound.Target;
import dev.gatehouse.tools.outbound.TargetPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One crawl: what was found waits in a queue for each host, and threads take from the hosts that
 * may be asked now. A URL is kept as its text, once.
 */
public final class Crawl implements AutoCloseable {

    private static final int MOST_ATTEMPTS = 3;
    private static final int STATUS_BYTES = 16 * 1024;
    private static final int MEDIA_BYTES = 16 * 1024;

    /** What a URL takes beside its text, which is kept as key, shape and by its task. */
    private static final int BYTES_OF_URL = 150;

    private static final int COPIES = 2;
    private static final int ROBOTS_REDIRECTS = 5;
    private static final long RECHECK_NANOS = Duration.ofMillis(10).toNanos();
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);
    private static final Duration LONGEST_JITTER = Duration.ofSeconds(1);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
    private static final Duration WORKERS_END = Duration.ofSeconds(1);

    private final CrawlClient client;
    private final TargetPolicy targets;
    private final HostLimits limits;
    private final int threads;
    private final CrawlPlan plan;
    private final PageMemory memory;
    private final UrlMemory.Part urls;
    private final long deadline;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, FetchPurpose> seen = new HashMap<>();
    private final EndlessUrls shapes = new EndlessUrls();
    private final Map<String, HostQueue> hosts = new HashMap<>();
    private final Deque<HostQueue> ready = new ArrayDeque<>();
    private final Deque<HostQueue> busy = new ArrayDeque<>();
    private final PriorityQueue<HostQueue> resting =
            new PriorityQueue<>(Comparator.comparingLong(host -> host.restsUntil));
    private final PriorityQueue<Retry> retries =
            new PriorityQueue<>(Comparator.comparingLong(Retry::at));
    private int working;
    private int queued;
    private int done;
    private int pages;
    private int pagesInWork;
    private boolean stopped;
    private CrawlEnd end = CrawlEnd.FINISHED;
    private @Nullable Throwable failure;

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong fallbacks = new AtomicLong();
    private final AtomicLong repeats = new AtomicLong();
    private final AtomicLong others = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    Crawl(
            CrawlClient client,
            HostLimits limits,
            int threads,
            PageMemory memory,
            UrlMemory.Part urls,
            CrawlPlan plan) {
        this.memory = memory;
        this.urls = urls;
        this.client = client;
        this.targets = client.targets();
        this.limits = limits;
        this.threads = threads;
        this.plan = plan;
        this.deadline = System.nanoTime() + plan.budget().time().toNanos();
    }

    /** A URL that waits. */
    private record Task(String url, FetchPurpose want, int depth, int hops, int attempts) {

        HttpUrl parsed() {
            return parse(url);
        }

        Task again() {
            return new Task(url, want, depth, hops, attempts + 1);
        }
    }

    private record Retry(long at, HostQueue host, Task task) {}

    /** The queue of an origin. Its host's limits are shared with its other origins. */
    private static final class HostQueue {

        private final String origin;
        private final String host;
        private final Deque<Task> tasks = new ArrayDeque<>();
        private final Deque<Task> last = new ArrayDeque<>();
        private boolean listed;
        private long restsUntil;
        private boolean readsRobots;
        private @Nullable RobotsTxt robots;

        private HostQueue(String origin, String host) {
            this.origin = origin;
            this.host = host;
        }

        private @Nullable Task peek() {
            Task first = tasks.peek();
            return first == null ? last.peek() : first;
        }

        private void remove() {
            if (tasks.poll() == null) {
                last.poll();
            }
        }

        private Duration delay() {
            return robots == null ? Duration.ZERO : robots.delay();
        }
    }

    /** What a thread does next. */
    private sealed interface Work {}

    private record ReadRobots(HostQueue host) implements Work {}

    private record Request(HostQueue host, Task task) implements Work {}

    private record Skip(Task task, Reason reason) implements Work {}

    private static HttpUrl parse(String text) {
        return switch (HttpUrl.parse(text)) {
            case HttpUrl.Http(var url) -> url;
            case HttpUrl.OtherScheme _, HttpUrl.Invalid _ -> throw new IllegalStateException(text);
        };
    }

    /** The memory for pages that all crawls share. */
    public PageMemory memory() {
        return memory;
    }

    /**
     * Takes memory for what the job remembers of URLs, until the crawl is closed.
     *
     * @return false where there is none left: the job ends with what it has
     */
    public boolean take(long bytes) {
        return urls.take(bytes);
    }

    @Override
    public void close() {
        urls.close();
    }

    /** What makes a URL another one for a crawl: all but its fragment and a session id. */
    public static String key(HttpUrl url) {
        return EndlessUrls.key(url);
    }

    /**
     * Queues a URL, unless it was queued before. The same URL is requested again only where more is
     * wanted of it than before.
     */
    public QueueResult add(HttpUrl url, FetchPurpose want, int depth) {
        return add(url, want, depth, 0);
    }

    /** Queues the page at which the crawl starts, whatever the patterns are. */
    public QueueResult start(HttpUrl url, FetchPurpose want) {
        return targets.of(url) instanceof Target.Accepted(HttpUrl target)
                ? queue(target, want, 0, 0)
                : QueueResult.REFUSED;
    }

    /** Queues where a redirect leads. */
    public QueueResult follow(Visit.Done visit, FetchPurpose want) {
        Optional<HttpUrl> target = visit.redirect();
        if (target.isEmpty()) {
            throw new IllegalArgumentException("no redirect");
        }
        return visit.hops() >= plan.budget().redirects()
                ? QueueResult.TOO_MANY_REDIRECTS
                : add(target.get(), want, visit.depth(), visit.hops() + 1);
    }

    private QueueResult add(HttpUrl found, FetchPurpose wanted, int depth, int hops) {
        if (!(targets.of(found) instanceof Target.Accepted(HttpUrl url))) {
            return QueueResult.REFUSED;
        }
        if (plan.exclude().match(url) || !(plan.include().isEmpty() || plan.include().match(url))) {
            return QueueResult.EXCLUDED;
        }
        return EndlessUrls.isEndless(url) ? QueueResult.ENDLESS : queue(url, wanted, depth, hops);
    }

    private QueueResult queue(HttpUrl url, FetchPurpose wanted, int depth, int hops) {
        Integer deepest = plan.budget().depth();
        boolean tooDeep = deepest != null && depth > deepest && wanted == FetchPurpose.PAGE;
        FetchPurpose want = tooDeep ? FetchPurpose.STATUS : wanted;
        String key = key(url);
        lock.lock();
        try {
            FetchPurpose before = seen.get(key);
            if (before != null && before.compareTo(want) >= 0) {
                return QueueResult.SEEN;
            }
            if (before == null
                    && (seen.size() >= plan.budget().links()
                            || !urls.take(BYTES_OF_URL + (long) COPIES * key.length()))) {
                end = end == CrawlEnd.FINISHED ? CrawlEnd.LINKS : end;
                return QueueResult.FULL;
            }
            seen.put(key, want);
            String text = url.withoutFragment().toString();
            HostQueue host =
                    hosts.computeIfAbsent(url.origin(), name -> new HostQueue(name, url.host()));
            Task task = new Task(text.equals(key) ? key : text, want, depth, hops, 0);
            (shapes.isOneOfMany(url) ? host.last : host.tasks).add(task);
            queued++;
            list(host);
            return QueueResult.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    private void list(HostQueue host) {
        if (!host.listed) {
            host.listed = true;
            ready.add(host);
            changed.signal();
        }
    }

    /**
     * Visits all that was added and is added meanwhile.
     *
     * @throws InterruptedException if the thread was interrupted; the workers have ended then
     */
    public CrawlEnd run(CrawlVisitor visitor) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(worker(visitor, i));
        }
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } finally {
            stop(CrawlEnd.STOPPED);
            workers.forEach(Thread::interrupt);
            join(workers);
        }
        if (failure != null) {
            throw new IllegalStateException("A visit failed", failure);
        }
        skipTheRest(visitor);
        return end;
    }

    @SuppressWarnings("ThreadPriorityCheck") // it counts where the JVM has -XX:ThreadPriorityPolicy
    private Thread worker(CrawlVisitor visitor, int number) {
        return Thread.ofPlatform()
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .name("crawl-" + number)
                .start(() -> work(visitor));
    }

    private static void join(List<Thread> workers) throws InterruptedException {
        long until = System.nanoTime() + WORKERS_END.toNanos();
        for (Thread worker : workers) {
            worker.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
    }

    /** Ends the crawl: what waits is skipped. */
    public void stop() {
        stop(CrawlEnd.STOPPED);
    }

    private void stop(CrawlEnd reason) {
        lock.lock();
        try {
            if (!stopped) {
                stopped = true;
                if (queued > 0 || working > 0) {
                    end = reason;
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work(CrawlVisitor visitor) {
        try {
            for (Work work = next(); work != null; work = next()) {
                try {
                    work(work, visitor);
                } finally {
                    finish(work);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the crawl was ended
        } catch (Throwable ex) { // run() throws it
            lock.lock();
            try {
                failure = ex;
            } finally {
                lock.unlock();
            }
            stop(CrawlEnd.STOPPED);
        }
    }

    private void finish(Work work) {
        lock.lock();
        try {
            working--;
            if (work instanceof Request(_, Task task) && task.want() == FetchPurpose.PAGE) {
                pagesInWork--;
            }
            recheckBusy();
            changed.signal(); // who takes work wakes the next one
        } finally {
            lock.unlock();
        }
    }

    /** The next work, or null where the crawl is over. */
    private @Nullable Work next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = System.nanoTime();
                if (now - deadline >= 0) {
                    stop(CrawlEnd.TIME);
                }
                if (stopped) {
                    return null;
                }
                wakeUp(now);
                for (HostQueue host = ready.poll(); host != null; host = ready.poll()) {
                    Work work = next(host, now);
                    if (work != null) {
                        working++;
                        if (!ready.isEmpty()) {
                            changed.signal();
                        }
                        return work;
                    }
                }
                if (working == 0 && queued == 0) {
                    stopped = true;
                    changed.signalAll();
                    return null;
                }
                waitForChange(now);
            }
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // next() loops
    private void waitForChange(long now) throws InterruptedException {
        long until = deadline;
        if (!busy.isEmpty()) {
            until = Math.min(until, now + RECHECK_NANOS);
        }
        if (!resting.isEmpty()) {
            until = Math.min(until, resting.peek().restsUntil);
        }
        if (!retries.isEmpty()) {
            until = Math.min(until, retries.peek().at());
        }
        if (changed.awaitNanos(Math.max(1, until - now)) <= 0) {
            recheckBusy();
        }
    }

    private void recheckBusy() {
        ready.addAll(busy);
        busy.clear();
    }

    private void wakeUp(long now) {
        while (!resting.isEmpty() && resting.peek().restsUntil - now <= 0) {
            ready.add(resting.remove());
        }
        while (!retries.isEmpty() && retries.peek().at() - now <= 0) {
            Retry retry = retries.remove();
            retry.host().tasks.addFirst(retry.task());
            list(retry.host());
        }
    }

    /** The host's next work; where there is none now, the host is put where it waits. */
    private @Nullable Work next(HostQueue host, long now) {
        Task task = host.peek();
        if (task == null) {
            host.listed = false;
            return null;
        }
        HttpUrl url = task.parsed();
        if (isSuperseded(url, task.want())) {
            take(host);
            ready.addFirst(host);
            return null;
        }
        if (host.readsRobots || (task.want() == FetchPurpose.PAGE && isPageBudgetInWork())) {
            busy.add(host);
            return null;
        }
        boolean robotsFirst = plan.robots() && host.robots == null;
        if (host.robots != null && plan.robots() && !host.robots.allows(url)) {
            take(host);
            ready.addFirst(host);
            boolean unavailable = host.robots.isUnavailable();
            return new Skip(task, unavailable ? Reason.ROBOTS_UNAVAILABLE : Reason.ROBOTS);
        }
        long wait = limits.tryBegin(host.host, host.delay());
        if (wait == HostLimits.AS_MANY_AS_ALLOWED) {
            busy.add(host);
            return null;
        }
        if (HostLimits.isTooLong(wait)) {
            take(host);
            ready.addFirst(host);
            return new Skip(task, Reason.BACKED_OFF);
        }
        if (wait > 0) {
            host.restsUntil = now + wait;
            resting.add(host);
            return null;
        }
        if (robotsFirst) {
            host.readsRobots = true;
            busy.add(host);
            return new ReadRobots(host);
        }
        take(host);
        ready.add(host);
        return new Request(host, withinBudget(task));
    }

    /** More was wanted of it later, which is queued too. */
    private boolean isSuperseded(HttpUrl url, FetchPurpose queuedFor) {
        FetchPurpose wanted = queuedFor == FetchPurpose.PAGE ? null : seen.get(key(url));
        return wanted != null && wanted.compareTo(queuedFor) > 0;
    }

    private void take(HostQueue host) {
        host.remove();
        queued--;
    }

    /** Whether pages that are being read may be all that the budget allows. */
    private boolean isPageBudgetInWork() {
        return pages < plan.budget().pages() && pages + pagesInWork >= plan.budget().pages();
    }

    private Task withinBudget(Task task) {
        if (task.want() != FetchPurpose.PAGE) {
            return task;
        }
        if (pages >= plan.budget().pages()) {
            end = end == CrawlEnd.FINISHED ? CrawlEnd.PAGES : end;
            return new Task(
                    task.url(), FetchPurpose.STATUS, task.depth(), task.hops(), task.attempts());
        }
        pagesInWork++;
        return task;
    }

    private void work(Work work, CrawlVisitor visitor) throws InterruptedException {
        switch (work) {
            case ReadRobots(HostQueue host) -> readRobots(host);
            case Skip(Task task, Reason reason) -> skip(task, reason, visitor);
            case Request(HostQueue host, Task task) -> request(host, task, visitor);
        }
    }

    private void readRobots(HostQueue host) {
        RobotsTxt robots;
        try {
            robots = RobotsTxt.of(robotsOf(host.origin));
        } finally {
            limits.end(host.host);
        }
        lock.lock();
        try {
            host.robots = robots;
            host.readsRobots = false;
        } finally {
            lock.unlock();
        }
    }

    private FetchResult robotsOf(String origin) {
        others.incrementAndGet();
        return counted(
                client.get(
                        parse(origin + "/robots.txt"),
                        limits(RobotsTxt.LARGEST, ROBOTS_REDIRECTS)));
    }

    /** The robots.txt of the URL's host; fetched once. */
    public RobotsTxt robots(HttpUrl url) throws InterruptedException {
        HostQueue host;
        lock.lock();
        try {
            host = hosts.computeIfAbsent(url.origin(), name -> new HostQueue(name, url.host()));
            if (host.robots != null) {
                return host.robots;
            }
        } finally {
            lock.unlock();
        }
        if (!limits.begin(host.host, Duration.ZERO)) {
            return RobotsTxt.of(backedOff(url));
        }
        readRobots(host);
        return Objects.requireNonNull(host.robots);
    }

    /** Reads the sitemaps of the URL's site, each of which is in memory while it is passed on. */
    public void sitemaps(HttpUrl url, SitemapReader reader) throws InterruptedException {
        new Sitemaps(
                        (file, most, body) -> fetch(file, most, body::admit),
                        memory,
                        plan.budget().links())
                .read(url, robots(url), reader);
    }

    /**
     * Fetches something beside the queue, as politely as what is queued. Redirects are not
     * followed.
     */
    public FetchResult fetch(HttpUrl url, int bodyBytes) throws InterruptedException {
        return fetch(url, bodyBytes, () -> true);
    }

    private FetchResult fetch(HttpUrl url, int bodyBytes, FetchLimits.LargeBody large)
            throws InterruptedException {
        if (!limits.begin(url.host(), Duration.ZERO)) {
            return backedOff(url);
        }
        others.incrementAndGet();
        try {
            Duration time = limits(0, 0).time();
            return counted(client.get(url, new FetchLimits(time, bodyBytes, bodyBytes, 0, large)));
        } finally {
            limits.end(url.host());
        }
    }

    private static FetchResult backedOff(HttpUrl url) {
        return new FetchResult.Failed(
                url,
                List.of(),
                FetchResult.Failure.TIMED_OUT,
                "the host asked to be left alone for longer than a crawl waits",
                null);
    }

    private FetchLimits limits(int bodyBytes, int redirects) {
        long left = Math.max(1, deadline - System.nanoTime());
        Duration time = Duration.ofNanos(Math.min(left, plan.requestTime().toNanos()));
        return new FetchLimits(time, bodyBytes, MEDIA_BYTES, redirects);
    }

    private int largestPage() {
        return Math.min(plan.bodyBytes(), memory.largestBody());
    }

    private FetchLimits wholePage(PageMemory.Body body) {
        return new FetchLimits(limits(0, 0).time(), largestPage(), MEDIA_BYTES, 0, body::admit);
    }

    private FetchResult counted(FetchResult result) {
        if (result instanceof FetchResult.Fetched(_, PageResponse response)) {
            long all = bytes.addAndGet(response.body().received());
            if (all > plan.budget().bytes()) {
                stop(CrawlEnd.BYTES);
            }
        }
        return result;
    }

    private void skip(Task task, Reason reason, CrawlVisitor visitor) throws InterruptedException {
        visitor.visited(new Visit.Skipped(task.parsed(), task.want(), task.depth(), reason), this);
        lock.lock();
        try {
            done++;
        } finally {
            lock.unlock();
        }
    }

    private void request(HostQueue host, Task task, CrawlVisitor visitor)
            throws InterruptedException {
        try (PageMemory.Body body = memory.body(largestPage())) {
            request(host, task, body, visitor);
        }
    }

    private void request(HostQueue host, Task task, PageMemory.Body body, CrawlVisitor visitor)
            throws InterruptedException {
        HttpUrl url = task.parsed();
        FetchResult result;
        Duration pause;
        int sent = 1;
        try {
            (task.attempts() == 0 ? requests : repeats).incrementAndGet();
            if (task.want() == FetchPurpose.STATUS) {
                result = counted(client.head(url, limits(0, 0)));
                if (isDoubtful(result) && limits.rest(host.host, host.delay())) {
                    sent++;
                    fallbacks.incrementAndGet();
                    result = counted(client.get(url, limits(STATUS_BYTES, 0)));
                }
            } else {
                result = counted(client.get(url, wholePage(body)));
            }
            pause = pauseBeforeRetry(host, result, task.attempts()); // before the next one begins
        } finally {
            limits.end(host.host);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
        if (pause != null) {
            retry(host, task, pause);
            return;
        }
        Visit visit =
                new Visit.Done(
                        url,
                        task.want(),
                        task.depth(),
                        task.hops(),
                        task.attempts() + sent,
                        result);
        boolean page = visitor.visited(visit, this);
        lock.lock();
        try {
            done++;
            pages += page && task.want() == FetchPurpose.PAGE ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Some servers answer HEAD with an error alone. */
    private static boolean isDoubtful(FetchResult result) {
        return switch (result) {
            case FetchResult.Fetched(_, PageResponse response) ->
                    response.status() >= 400
                            && response.status() != 429
                            && response.header("Retry-After").isEmpty();
            case FetchResult.Failed failed ->
                    failed.failure() == FetchResult.Failure.RESET
                            || failed.failure() == FetchResult.Failure.NOT_HTTP;
            case FetchResult.Refused _ -> false;
        };
    }

    /** The time until the next attempt, or null where the result stands. */
    private @Nullable Duration pauseBeforeRetry(HostQueue host, FetchResult result, int attempts) {
        return switch (result) {
            case FetchResult.Fetched(_, PageResponse response) ->
                    pauseBeforeRetry(host, response, attempts);
            case FetchResult.Failed failed when failed.failure().isTransient() && attempts == 0 ->
                    RETRY_PAUSE;
            case FetchResult.Failed _, FetchResult.Refused _ -> null;
        };
    }

    private @Nullable Duration pauseBeforeRetry(
            HostQueue host, PageResponse response, int attempts) {
        int status = response.status();
        if (status != 429 && status != 503) {
            limits.recovered(host.host);
            return null;
        }
        Optional<Duration> asked =
                response.header("Retry-After")
                        .flatMap(value -> RetryAfter.parse(value, Instant.now()));
        if (status == 503 && asked.isEmpty()) {
            return attempts == 0 ? RETRY_PAUSE : null; // of this URL alone
        }
        Duration pause =
                asked.orElseGet(() -> exponential(limits.countBackOff(host.host))).plus(jitter());
        limits.backOff(host.host, pause);
        boolean tooLong = HostLimits.isTooLong(pause.toNanos());
        return tooLong || attempts + 1 >= MOST_ATTEMPTS ? null : pause;
    }

    private static Duration exponential(int backOffs) {
        Duration pause = Duration.ofSeconds(1L << Math.min(backOffs - 1, 5));
        return pause.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : pause;
    }

    /** So that not all that waited come at once. */
    private static Duration jitter() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(LONGEST_JITTER.toMillis()));
    }

    private void retry(HostQueue host, Task task, Duration pause) {
        lock.lock();
        try {
            queued++;
            retries.add(new Retry(System.nanoTime() + pause.toNanos(), host, task.again()));
        } finally {
            lock.unlock();
        }
    }

    private void skipTheRest(CrawlVisitor visitor) throws InterruptedException {
        for (HostQueue host : hosts.values()) {
            for (Task task = host.peek(); task != null; task = host.peek()) {
                take(host);
                skip(task, Reason.BUDGET, visitor);
            }
        }
        for (Retry retry : retries) {
            queued--;
            skip(retry.task(), Reason.BUDGET, visitor);
        }
    }

    /** How far it is. */
    public CrawlStatistics statistics() {
        lock.lock();
        try {
            return new CrawlStatistics(
                    done,
                    queued,
                    pages,
                    requests.get(),
                    fallbacks.get(),
                    repeats.get(),
                    others.get(),
                    bytes.get());
        } finally {
            lock.unlock();
        }
    }
}
