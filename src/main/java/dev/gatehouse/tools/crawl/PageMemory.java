package dev.gatehouse.tools.crawl;

import dev.gatehouse.tools.outbound.PageResponse;
import java.util.concurrent.Semaphore;

/**
 * Keeps the pages that are parsed at the same time, by all jobs, within a third of the heap. What a
 * parsed page takes is estimated by its bytes and tags: 2 MB of {@code <p>} take 140 MB.
 */
public final class PageMemory {

    private static final int PER_BYTE = 10;
    private static final int PER_TAG = 600;
    private static final int SHARE_OF_PARSED = 3;
    private static final int SHARE_OF_BODY = 80;

    /** In kilobytes. */
    private final int budget;

    private final int largestBody;
    private final Semaphore free;

    PageMemory(long heap) {
        this.budget = (int) Math.min(Integer.MAX_VALUE, heap / SHARE_OF_PARSED / 1024);
        this.largestBody = (int) Math.min(Integer.MAX_VALUE, heap / SHARE_OF_BODY);
        this.free = new Semaphore(budget, true);
    }

    static PageMemory ofThisHeap() {
        return new PageMemory(Runtime.getRuntime().maxMemory());
    }

    /** The bytes of a body that are read at most; each thread of a crawl may keep one. */
    public int largestBody() {
        return largestBody;
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
        int held = (int) Math.min(budget, memory / 1024);
        free.acquire(held);
        return () -> free.release(held);
    }

    /** Room for a page, until it is closed. */
    public interface Held extends AutoCloseable {

        @Override
        void close();
    }
}
