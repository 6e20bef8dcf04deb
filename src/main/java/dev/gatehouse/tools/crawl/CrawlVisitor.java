package dev.gatehouse.tools.crawl;

/** Is told each visit, by several threads at once. */
@FunctionalInterface
public interface CrawlVisitor {

    /**
     * Reads the response and queues what it found.
     *
     * @return whether it was a page, which counts towards the budget; only asked for {@link
     *     FetchPurpose#PAGE}
     */
    boolean visited(Visit visit, Crawl crawl) throws InterruptedException;
}
