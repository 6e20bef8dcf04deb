package dev.gatehouse.tools.crawl;

/** What became of a URL that was found. */
public enum QueueResult {
    /** It is queued. */
    QUEUED,
    /** It was queued before, and is requested once. */
    SEEN,
    /** The patterns leave it out. */
    EXCLUDED,
    /** It may not be visited: its port, a user name, a local name. */
    REFUSED,
    /** As many as the budget allows are queued. */
    FULL,
    /** One of endlessly many, such as the pages of a calendar. */
    ENDLESS,
    /** More redirects one after the other than are followed. */
    TOO_MANY_REDIRECTS
}
