package dev.gatehouse.tools.crawl;

import crawlercommons.sitemaps.AbstractSiteMap;
import crawlercommons.sitemaps.SiteMap;
import crawlercommons.sitemaps.SiteMapIndex;
import crawlercommons.sitemaps.SiteMapParser;
import crawlercommons.sitemaps.UnknownFormatException;
import dev.gatehouse.tools.outbound.FetchResult;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.PageResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sitemaps of a site: those of robots.txt or {@code /sitemap.xml}, and what they name.
 */
final class Sitemaps {

    /** Decoded; sitemaps.org allows 50 MB, and this is kept in memory while it is read. */
    static final int LARGEST = 10 << 20;

    private static final int MOST_FILES = 20;

    private final Fetcher fetcher;
    private final int mostPages;
    private final Deque<HttpUrl> waiting = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final List<SitemapFile> files = new ArrayList<>();
    private int pages;

    /** Fetches a file as politely as a page. */
    @FunctionalInterface
    interface Fetcher {

        FetchResult fetch(HttpUrl url) throws InterruptedException;
    }

    Sitemaps(Fetcher fetcher, int mostPages) {
        this.fetcher = fetcher;
        this.mostPages = mostPages;
    }

    List<SitemapFile> read(HttpUrl site, RobotsTxt robots) throws InterruptedException {
        robots.sitemaps().stream()
                .flatMap(text -> site.resolveHttp(text).stream())
                .forEach(this::queue);
        boolean named = !waiting.isEmpty();
        if (!named) {
            site.resolveHttp("/sitemap.xml").ifPresent(this::queue);
        }
        while (!waiting.isEmpty() && files.size() < MOST_FILES && pages < mostPages) {
            boolean first = files.isEmpty();
            files.add(file(waiting.remove(), named || !first));
        }
        return List.copyOf(files);
    }

    private void queue(HttpUrl url) {
        if (seen.add(url.withoutFragment().toString())) {
            waiting.add(url);
        }
    }

    private SitemapFile file(HttpUrl url, boolean named) throws InterruptedException {
        FetchResult result = fetcher.fetch(url);
        if (!(result instanceof FetchResult.Fetched(_, PageResponse response))) {
            return new SitemapFile(url, named, result, List.of(), "no response");
        }
        if (response.status() != 200) {
            return new SitemapFile(url, named, result, List.of(), "status " + response.status());
        }
        try {
            return new SitemapFile(url, named, result, pages(response), null);
        } catch (IOException | UnknownFormatException | IllegalArgumentException ex) {
            return new SitemapFile(url, named, result, List.of(), String.valueOf(ex.getMessage()));
        }
    }

    private List<SitemapFile.Entry> pages(PageResponse response)
            throws IOException, UnknownFormatException {
        SiteMapParser parser = new SiteMapParser(false);
        AbstractSiteMap map =
                parser.parseSiteMap(
                        unzipped(response.body().bytes()),
                        URI.create(response.url().toString()).toURL());
        return switch (map) {
            case SiteMapIndex index -> {
                addresses(index.getSitemaps())
                        .flatMap(text -> response.url().resolveHttp(text).stream())
                        .forEach(this::queue);
                yield List.of();
            }
            case SiteMap listed -> entries(listed, response.url());
            default -> throw new MalformedURLException("neither a sitemap nor an index");
        };
    }

    private static Stream<String> addresses(Collection<AbstractSiteMap> maps) {
        return maps.stream().map(map -> map.getUrl().toString());
    }

    private List<SitemapFile.Entry> entries(SiteMap map, HttpUrl base) {
        List<SitemapFile.Entry> entries =
                map.getSiteMapUrls().stream()
                        .limit(Math.max(0, mostPages - pages))
                        .flatMap(
                                page ->
                                        base.resolveHttp(page.getUrl().toString()).stream()
                                                .map(url -> entry(url, page.getLastModified())))
                        .toList();
        pages += entries.size();
        return entries;
    }

    private static SitemapFile.Entry entry(HttpUrl url, @Nullable Date lastModified) {
        return new SitemapFile.Entry(url, lastModified == null ? null : lastModified.toInstant());
    }

    /** A file {@code sitemap.xml.gz} is zipped whatever its coding. */
    private static byte[] unzipped(byte[] bytes) throws IOException {
        if (bytes.length < 2 || (bytes[0] & 0xff) != 0x1f || (bytes[1] & 0xff) != 0x8b) {
            return bytes;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] plain = in.readNBytes(LARGEST);
            if (plain.length == LARGEST) {
                throw new IOException("larger than %d bytes".formatted(LARGEST));
            }
            return plain;
        }
    }
}
