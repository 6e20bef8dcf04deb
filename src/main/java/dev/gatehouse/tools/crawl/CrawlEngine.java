package dev.gatehouse.tools.crawl;

import dev.gatehouse.tools.outbound.CrawlClient;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.OutboundClient;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Begins crawls. All of them share the limits of a host and the times at which it asked to be left
 * alone.
 */
public final class CrawlEngine {

    private static final int LEAST_THREADS = 16;

    private final CrawlClient client;
    private final HostLimits limits;
    private final int threads;
    private final PageMemory memory;
    private final UrlMemory urls;
    private final ConcurrentMap<String, CrawlEngine> opened = new ConcurrentHashMap<>();

    /**
     * For one instance.
     *
     * @param hostConnections requests to one host at the same time
     * @param hostInterval time between two requests to one host
     */
    public CrawlEngine(OutboundClient outbound, int hostConnections, Duration hostInterval) {
        this(
                outbound.crawl(),
                new HostLimits(hostConnections, hostInterval),
                Math.max(LEAST_THREADS, hostConnections),
                PageMemory.ofThisHeap(),
                UrlMemory.ofThisHeap());
    }

    /** The same with that memory for URLs. */
    CrawlEngine with(UrlMemory memoryOfUrls) {
        return new CrawlEngine(client, limits, threads, memory, memoryOfUrls);
    }

    /** The same with that memory for pages. */
    CrawlEngine with(PageMemory memoryOfPages) {
        return new CrawlEngine(client, limits, threads, memoryOfPages, urls);
    }

    private CrawlEngine(
            CrawlClient client, HostLimits limits, int threads, PageMemory memory, UrlMemory urls) {
        this.client = client;
        this.limits = limits;
        this.threads = threads;
        this.memory = memory;
        this.urls = urls;
    }

    /**
     * The same with the same limits, but that site may have an address that is not public. Only for
     * an operator's own site.
     */
    public CrawlEngine opening(HttpUrl site) {
        return opened.computeIfAbsent(
                site.origin(),
                _ -> new CrawlEngine(client.opening(site), limits, threads, memory, urls));
    }

    /** The memory for pages that all crawls share. */
    public PageMemory memory() {
        return memory;
    }

    /** A crawl that begins with what is added to it; to be closed once its result is written. */
    public Crawl open(CrawlPlan plan) {
        return new Crawl(client, limits, threads, memory, urls.open(), plan);
    }
}
