package dev.gatehouse.tools.crawl;

/** What is wanted of a URL. */
public enum FetchPurpose {
    /** Its status: HEAD, and GET where a server answers HEAD with an error. */
    STATUS,
    /** Its body, as of a style sheet or a page of another site. */
    BODY,
    /** Its body, as a page of the site: it counts towards the budget of pages. */
    PAGE
}
