package dev.gatehouse.tools.crawl;

import dev.gatehouse.tools.outbound.OutboundClient;
import java.time.Duration;

/**
 * Begins crawls. All of them share the limits of a host and the times at which it asked to be left
 * alone.
 */
public final class CrawlEngine {

    private static final int LEAST_THREADS = 16;

    private final OutboundClient outbound;
    private final HostLimits limits;
    private final int threads;

    /**
     * For one instance.
     *
     * @param hostConnections requests to one host at the same time
     * @param hostInterval time between two requests to one host
     */
    public CrawlEngine(OutboundClient outbound, int hostConnections, Duration hostInterval) {
        this.outbound = outbound;
        this.limits = new HostLimits(hostConnections, hostInterval);
        this.threads = Math.max(LEAST_THREADS, hostConnections);
    }

    /** A crawl that begins with what is added to it. */
    public Crawl open(CrawlPlan plan) {
        return new Crawl(outbound.crawl(), outbound.targets(), limits, threads, plan);
    }
}
