package dev.gatehouse.site;

/** What a path of the site leads to. */
sealed interface SiteEntry permits SiteFile, SiteEntry.Redirect {

    /**
     * Another address: that of a folder asked for without its slash, where relative links are
     * right, or a configured one.
     *
     * @param location path or URL, encoded
     */
    record Redirect(String location, int status) implements SiteEntry {}
}
