package dev.gatehouse.tools.crawl;

/** Takes the sitemaps of a site, one after the other. */
@FunctionalInterface
public interface SitemapReader {

    void read(SitemapFile file) throws InterruptedException;
}
