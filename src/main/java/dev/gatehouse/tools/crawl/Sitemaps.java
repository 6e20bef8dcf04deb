package dev.gatehouse.tools.crawl;

import crawlercommons.filters.URLFilter;
import crawlercommons.sitemaps.AbstractSiteMap;
import crawlercommons.sitemaps.SiteMap;
import crawlercommons.sitemaps.SiteMapIndex;
import crawlercommons.sitemaps.SiteMapParser;
import crawlercommons.sitemaps.UnknownFormatException;
import dev.gatehouse.tools.outbound.FetchResult;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.PageResponse;
import dev.gatehouse.tools.outbound.ResponseBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
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
 * One is in memory at a time, and of it as many URLs as there is room for.
 */
final class Sitemaps {

    /** Decoded; sitemaps.org allows 50 MB. A small heap has room for less. */
    private static final int LARGEST = 10 << 20;

    private static final int MOST_FILES = 20;

    /** What the parser and an entry take for a URL, and how often they have its text. */
    private static final int BYTES_OF_URL = 700;

    private static final int COPIES = 4;

    private final Fetcher fetcher;
    private final PageMemory memory;
    private final int largest;
    private final int mostPages;
    private final Deque<HttpUrl> waiting = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private int files;
    private int pages;

    /** Fetches a file as politely as a page. */
    @FunctionalInterface
    interface Fetcher {

        FetchResult fetch(HttpUrl url, int bodyBytes, PageMemory.Body body)
                throws InterruptedException;
    }

    Sitemaps(Fetcher fetcher, PageMemory memory, int mostPages) {
        this.fetcher = fetcher;
        this.memory = memory;
        this.largest = Math.min(LARGEST, memory.largestSitemap());
        this.mostPages = mostPages;
    }

    void read(HttpUrl site, RobotsTxt robots, SitemapReader reader) throws InterruptedException {
        robots.sitemaps().stream()
                .flatMap(text -> site.resolveHttp(text).stream())
                .forEach(this::queue);
        boolean named = !waiting.isEmpty();
        if (!named) {
            site.resolveHttp("/sitemap.xml").ifPresent(this::queue);
        }
        while (!waiting.isEmpty() && files < MOST_FILES && pages < mostPages) {
            read(waiting.remove(), named || files > 0, reader);
            files++;
        }
    }

    private void queue(HttpUrl url) {
        if (seen.add(url.withoutFragment().toString())) {
            waiting.add(url);
        }
    }

    private void read(HttpUrl url, boolean named, SitemapReader reader)
            throws InterruptedException {
        try (PageMemory.Body body = memory.body(largest)) {
            FetchResult result = fetcher.fetch(url, largest, body);
            if (!(result instanceof FetchResult.Fetched(_, PageResponse response))) {
                reader.read(new SitemapFile(url, named, List.of(), "no response"));
            } else if (response.status() != 200) {
                String status = "status " + response.status();
                reader.read(new SitemapFile(url, named, List.of(), status));
            } else {
                try (PageMemory.Held _ = memory.holdSitemap(response.body().bytes().length)) {
                    reader.read(parsed(url, named, response));
                }
            }
        }
    }

    private SitemapFile parsed(HttpUrl url, boolean named, PageResponse response) {
        boolean cut = response.body().end() == ResponseBody.End.CUT;
        Room room = new Room(memory.sitemapUrls());
        try {
            byte[] plain = unzipped(response.body().bytes());
            room.isForFeed = isRss(plain);
            cut |= plain.length > largest;
            plain = cut ? withoutLastLine(plain) : plain;
            List<SitemapFile.Entry> entries = entries(plain, cut, room, response.url());
            return new SitemapFile(url, named, entries, problem(cut, room));
        } catch (IOException
                | UncheckedIOException
                | UnknownFormatException
                | IllegalArgumentException ex) {
            String problem = cut ? problem(true, room) : String.valueOf(ex.getMessage());
            return new SitemapFile(url, named, List.of(), problem);
        }
    }

    /** What was cut there would be another URL. */
    private static byte[] withoutLastLine(byte[] cut) {
        int length = cut.length;
        while (length > 0 && cut[length - 1] != '>' && cut[length - 1] != '\n') {
            length--;
        }
        return Arrays.copyOf(cut, length);
    }

    private @Nullable String problem(boolean cut, Room room) {
        if (cut) {
            return "It is larger than the %,d bytes that are read of a sitemap here."
                    .formatted(largest);
        }
        return room.full
                ? "It lists more than the %,d URLs that there is memory for.".formatted(room.urls)
                : null;
    }

    private List<SitemapFile.Entry> entries(byte[] plain, boolean cut, Room room, HttpUrl base)
            throws IOException, UnknownFormatException {
        SiteMapParser parser = new SiteMapParser(false, cut);
        parser.setURLFilter(room);
        AbstractSiteMap map = parser.parseSiteMap(plain, URI.create(base.toString()).toURL());
        return switch (map) {
            case SiteMapIndex index -> {
                addresses(index.getSitemaps())
                        .flatMap(text -> base.resolveHttp(text).stream())
                        .limit(MOST_FILES)
                        .forEach(this::queue);
                yield List.of();
            }
            case SiteMap listed -> entries(listed, base);
            default -> throw new MalformedURLException("neither a sitemap nor an index");
        };
    }

    /** The parser's filter does not keep URLs out of a feed. */
    private static boolean isRss(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.contains("<rss") || text.contains(":rss");
    }

    /** The memory for the URLs of one file. */
    private static final class Room extends URLFilter {

        private long left;
        private boolean isForFeed;
        private int urls;
        private boolean full;

        Room(long left) {
            this.left = left;
        }

        /** The URL, or null where there is no room for it. */
        @Override
        public @Nullable String filter(String url) {
            left -= BYTES_OF_URL + (long) COPIES * url.length();
            if (left >= 0) {
                urls++;
                return url;
            }
            full = true;
            if (isForFeed) {
                throw new UncheckedIOException(
                        new IOException(
                                "The feed lists more than the %,d URLs that there is memory for."
                                        .formatted(urls)));
            }
            return null;
        }
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

    /** A file {@code sitemap.xml.gz} is zipped whatever its coding. One byte too many is cut. */
    private byte[] unzipped(byte[] bytes) throws IOException {
        if (bytes.length < 2 || (bytes[0] & 0xff) != 0x1f || (bytes[1] & 0xff) != 0x8b) {
            return bytes;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(largest + 1);
        }
    }
}
