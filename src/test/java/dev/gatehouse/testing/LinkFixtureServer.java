package dev.gatehouse.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Serves a {@link LinkFixture} for bench/links, with the latency of a network, and counts what
 * clients do: {@code /bench/counts}, after {@code /bench/reset}, which a client does not find. A
 * header {@code LinkChecker} lets LinkChecker send more than ten requests a second.
 */
public final class LinkFixtureServer {

    private static final long GRACE = Duration.ofMillis(100).toNanos();

    private final LinkFixture fixture;
    private final Duration latency;
    private final int throttledAt;
    private final TestSite site = TestSite.plain("127.0.0.1");
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger early = new AtomicInteger();
    private final AtomicLong throttledUntil = new AtomicLong();
    private final AtomicLong throttledFrom = new AtomicLong();

    private LinkFixtureServer(LinkFixture fixture, Duration latency, int throttledAt) {
        this.fixture = fixture;
        this.latency = latency;
        this.throttledAt = throttledAt;
        site.otherwise(this::answer);
        site.on("/bench/counts", _ -> counts());
        site.on("/bench/reset", _ -> reset());
        site.on("/bench/truth", _ -> truth());
    }

    /**
     * Serves until it is ended.
     *
     * @param args {@code reference}, {@code second} or a number of URLs; milliseconds of latency;
     *     the request that is answered with 429 and {@code Retry-After: 2}, or 0 for none
     */
    public static void main(String[] args) throws InterruptedException {
        LinkFixture fixture =
                switch (args[0]) {
                    case "reference" -> LinkFixture.reference();
                    case "second" -> LinkFixture.second();
                    default -> LinkFixture.ofUrls(Integer.parseInt(args[0]));
                };
        LinkFixtureServer server =
                new LinkFixtureServer(
                        fixture,
                        Duration.ofMillis(Long.parseLong(args[1])),
                        Integer.parseInt(args[2]));
        System.out.println(server.site.port());
        Thread.currentThread().join();
    }

    private TestSite.Response answer(TestSite.Request request) {
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            LockSupport.parkNanos(latency.toNanos());
            long now = System.nanoTime();
            if (now - throttledFrom.get() > GRACE
                    && throttledUntil.get() != 0
                    && throttledUntil.get() - now > 0) {
                early.incrementAndGet();
            }
            if (asked.incrementAndGet() == throttledAt) {
                throttledFrom.set(now);
                throttledUntil.set(now + Duration.ofSeconds(2).toNanos());
                return TestSite.response(429).with("Retry-After", "2");
            }
            return fixture.answer(request.target()).with("LinkChecker", "unlimited");
        } finally {
            running.decrementAndGet();
        }
    }

    private TestSite.Response reset() {
        site.forget();
        asked.set(0);
        early.set(0);
        mostRunning.set(0);
        throttledUntil.set(0);
        return text("");
    }

    private static TestSite.Response text(String text) {
        return TestSite.response(200).body(text.getBytes(StandardCharsets.UTF_8));
    }

    private TestSite.Response truth() {
        Set<String> all = new TreeSet<>(fixture.brokenLinks());
        all.addAll(fixture.fragmentLinks());
        return text(
                "%d %d\n%s\n".formatted(fixture.urls(), fixture.pages(), String.join("\n", all)));
    }

    private TestSite.Response counts() {
        List<TestSite.Request> requests =
                site.requests().stream()
                        .filter(request -> !request.target().startsWith("/bench/"))
                        .toList();
        long heads = requests.stream().filter(r -> r.method().equals("HEAD")).count();
        Set<String> targets =
                requests.stream().map(TestSite.Request::target).collect(Collectors.toSet());
        long span = requests.isEmpty() ? 0 : requests.getLast().at() - requests.getFirst().at();
        return text(
                "requests=%d heads=%d urls=%d others=%d at-once=%d early=%d span-ms=%d\n"
                        .formatted(
                                requests.size(),
                                heads,
                                targets.size(),
                                requests.stream().filter(r -> isOther(r.target())).count(),
                                mostRunning.get(),
                                early.get(),
                                span / 1_000_000));
    }

    /** robots.txt, sitemaps, probes. */
    private static boolean isOther(String target) {
        return !target.equals("/")
                && !target.startsWith("/page-")
                && !target.startsWith("/files/")
                && !target.startsWith("/missing/")
                && !target.startsWith("/old/");
    }
}
