package dev.gatehouse.site;

/** What a path of the site leads to. */
sealed interface SiteEntry permits SiteFile, SiteEntry.Folder {

    /**
     * A folder asked for without its slash: sent to the one with it, where relative links are
     * right.
     *
     * @param location the folder's path, encoded, with its slash
     */
    record Folder(String location) implements SiteEntry {}
}
