package dev.gatehouse.tools.crawl;

/** Why a crawl ended. All but {@link #FINISHED} left something out. */
public enum CrawlEnd {
    /** All that was found was visited. */
    FINISHED,
    /** There were more pages. */
    PAGES,
    /** There were more links. */
    LINKS,
    /** The bytes were used up. */
    BYTES,
    /** The time was over. */
    TIME,
    /** The visitor ended it. */
    STOPPED
}
