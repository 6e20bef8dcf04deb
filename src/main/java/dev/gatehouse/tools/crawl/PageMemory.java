package dev.gatehouse.tools.crawl;

import dev.gatehouse.tools.outbound.PageResponse;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the bodies that are read and the pages and sitemaps that are parsed at the same time, by
 * all jobs, within what the rest of the server, the URLs of crawls and the results of jobs leave of
 * the heap. What a parsed page takes is estimated by its bytes and tags: 2 MB of {@code <p>} take
 * 140 MB.
 */
public final class PageMemory {

    private static final int PER_BYTE = 10;
    private static final int PER_TAG = 600;
    private static final int SHARE_OF_BODY = 80;

    /** Young objects (14 MB), and the server with its site. */
    private static final long REST_OF_SERVER = 39 << 20;

    /** A sixth of the heap is for URLs ({@link UrlMemory}), an eighth for results of jobs. */
    private static final double SHARE_OF_OTHERS = 1 / 6.0 + 1 / 8.0;

    /** Of what is left, the rest is for bodies. */
    private static final double SHARE_OF_PARSED = 2 / 3.0;

    private static final int LEAST_SHARE = 16;

    /** The rest is for its bytes. */
    private static final double SHARE_OF_SITEMAP_URLS = 2 / 3.0;

    /** A sitemap that is parsed: received, decoded, and the text of an element. */
    private static final int COPIES_OF_SITEMAP = 4;

    /** While it is read: its buffer, and the copy into a larger one. */
    private static final int COPIES_OF_BODY = 3;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    /** In kilobytes. */
    private final int budget;

    private final int largestBody;
    private final int largestSitemap;
    private final long sitemapUrls;
    private final Semaphore free;

    /** In kilobytes. */
    private final int bodies;

    private final Semaphore freeBodies;

    PageMemory(long heap) {
        double left =
                Math.max(
                        heap * (1 - SHARE_OF_OTHERS) - REST_OF_SERVER, heap / (double) LEAST_SHARE);
        this.budget = (int) Math.min(Integer.MAX_VALUE, left * SHARE_OF_PARSED / 1024);
        this.largestBody = (int) Math.min(Integer.MAX_VALUE, heap / SHARE_OF_BODY);
        this.sitemapUrls = (long) (budget * 1024L * SHARE_OF_SITEMAP_URLS);
        this.largestSitemap =
                (int)
                        Math.min(
                                Integer.MAX_VALUE,
                                (budget * 1024L - sitemapUrls) / COPIES_OF_SITEMAP);
        this.free = new Semaphore(budget, true);
        this.bodies = (int) Math.min(Integer.MAX_VALUE, left * (1 - SHARE_OF_PARSED) / 1024);
        this.freeBodies = new Semaphore(bodies, true);
    }

    static PageMemory ofThisHeap() {
        return new PageMemory(Runtime.getRuntime().maxMemory());
    }

    /** The bytes of a body that are read at most. */
    public int largestBody() {
        return largestBody;
    }

    /** The decoded bytes of a sitemap that are read at most. */
    int largestSitemap() {
        return largestSitemap;
    }

    /** The memory for the URLs of one sitemap. */
    long sitemapUrls() {
        return sitemapUrls;
    }

    /** The page, or its beginning where all of it does not fit. */
    public PageResponse readable(PageResponse page) {
        byte[] body = page.body().bytes();
        long most = budget * 1024L;
        long memory = 0;
        for (int i = 0; i < body.length; i++) {
            memory += PER_BYTE + (body[i] == '<' ? PER_TAG : 0);
            if (memory > most) {
                return page.cutTo(i);
            }
        }
        return page;
    }

    /** Waits until there is room for a page that was made readable. */
    public Held hold(PageResponse page) throws InterruptedException {
        long memory = 0;
        for (byte b : page.body().bytes()) {
            memory += PER_BYTE + (b == '<' ? PER_TAG : 0);
        }
        return hold(memory);
    }

    /** Waits until there is room for a sitemap of that many bytes and for its URLs. */
    Held holdSitemap(int bytes) throws InterruptedException {
        return hold((long) COPIES_OF_SITEMAP * bytes + sitemapUrls);
    }

    private Held hold(long memory) throws InterruptedException {
        int held = (int) Math.min(budget, memory / 1024);
        free.acquire(held);
        return () -> free.release(held);
    }

    /** The memory for all bodies together. */
    long bodies() {
        return bodies * 1024L;
    }

    /** A body that is about to be read, until it was used. */
    Body body(int most) {
        return new Body((int) Math.min(bodies, (long) COPIES_OF_BODY * most / 1024));
    }

    /** Room for one body, taken where it is not small: large ones are few at the same time. */
    final class Body implements AutoCloseable {

        private final int memory;
        private boolean large;

        private Body(int memory) {
            this.memory = memory;
        }

        boolean admit() throws InterruptedIOException {
            try {
                large =
                        large
                                || freeBodies.tryAcquire(
                                        memory, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
                return large;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }

        @Override
        public void close() {
            if (large) {
                freeBodies.release(memory);
                large = false;
            }
        }
    }

    /** Room for a page, until it is closed. */
    public interface Held extends AutoCloseable {

        @Override
        void close();
    }
}
