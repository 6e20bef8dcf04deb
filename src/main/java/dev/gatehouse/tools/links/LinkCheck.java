package dev.gatehouse.tools.links;

import dev.gatehouse.tools.crawl.Crawl;
import dev.gatehouse.tools.crawl.CrawlEnd;
import dev.gatehouse.tools.crawl.CrawlStatistics;
import dev.gatehouse.tools.crawl.CrawlVisitor;
import dev.gatehouse.tools.crawl.FetchPurpose;
import dev.gatehouse.tools.crawl.PageMemory;
import dev.gatehouse.tools.crawl.QueueResult;
import dev.gatehouse.tools.crawl.SitemapFile;
import dev.gatehouse.tools.crawl.Visit;
import dev.gatehouse.tools.html.HtmlDocument;
import dev.gatehouse.tools.html.PlainHttp;
import dev.gatehouse.tools.html.Reference;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobProgress;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.links.LinkFacts.Answered;
import dev.gatehouse.tools.links.LinkFacts.Ending;
import dev.gatehouse.tools.links.LinkFacts.Failed;
import dev.gatehouse.tools.links.LinkFacts.Invalid;
import dev.gatehouse.tools.links.LinkFacts.NotRequested;
import dev.gatehouse.tools.outbound.CrawlClient;
import dev.gatehouse.tools.outbound.FetchLimits;
import dev.gatehouse.tools.outbound.FetchResult;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.PageResponse;
import dev.gatehouse.tools.outbound.ResponseBody;
import dev.gatehouse.tools.outbound.Scheme;
import dev.gatehouse.tools.outbound.TargetRefusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One check. Visits come from several threads: what they learn of links is guarded by the graph's
 * lock, pages are read and rows are written outside of it.
 */
final class LinkCheck implements CrawlVisitor {

    /** Places that are kept of a link; the rest are counted. */
    private static final int PLACES = 1_000;

    private static final int PLACES_OF_GOOD = 100;

    /** Of one kind in one page; the rest is the same fault again. */
    private static final int FINDINGS = 20;

    /** Redirects whose rows are written at once; those of longer chains at the end. */
    private static final int LONGEST_CHAIN = 20;

    private static final int EXAMPLES = 20;
    private static final int HTTPS_TRIES = 3;
    private static final int HOSTS = 20;
    private static final int PROBE_BYTES = FetchLimits.SMALL_BODY;

    private static final double SAME_PAGE = 0.8;

    private static final Ending OK = new Answered(200, null);

    /** Paths whose content is no page, by their name. */
    private static final Pattern FILE =
            Pattern.compile(
                    "(?i).*\\.(?:pdf|zip|gz|bz2|xz|7z|tar|tgz|rar|jar|war|exe|msi|dmg|deb|rpm|apk|iso|bin|"
                            + "png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?|mp[34]|m4[av]|webm|og[gv]|wav|mov|avi|mkv|"
                            + "css|js|mjs|json|xml|rss|atom|txt|csv|md|woff2?|ttf|otf|eot|docx?|xlsx?|pptx?|odt|ods|epub)");

    /** A redirect to one of these pages says nothing of what was asked for. */
    private static final Pattern LOGIN =
            Pattern.compile("(?i).*(log-?in|sign-?in|sso|oauth|auth|consent).*");

    private static final Pattern INDEX =
            Pattern.compile("(?i)/?(index\\.[a-z]+|home|default\\.[a-z]+)?");

    private final CheckSettings settings;
    private final JobContext context;
    private final LinkGraph graph;
    private final Set<String> siteHosts = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, SiteHost> hosts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicInteger> findingCounts = new ConcurrentHashMap<>();
    private final AtomicInteger findingNumber = new AtomicInteger();
    private final AtomicBoolean sitemapsRead = new AtomicBoolean();
    private final AtomicBoolean resultFull = new AtomicBoolean();
    private final AtomicInteger pages = new AtomicInteger();
    private final AtomicInteger pagesLeftOut = new AtomicInteger();
    private final AtomicLong linksLeftOut = new AtomicLong();
    private final List<String> examples = new ArrayList<>();
    private final long began = System.nanoTime();

    /** For one job. */
    LinkCheck(CheckSettings settings, LinkGraph graph, JobContext context) {
        this.settings = settings;
        this.graph = graph;
        this.context = context;
        siteHosts.add(site(settings.start()));
    }

    /** The host of a site: http and https on their ports are one. */
    private static String site(HttpUrl url) {
        return url.port() == Scheme.HTTP.port() || url.port() == Scheme.HTTPS.port()
                ? url.host()
                : url.authority();
    }

    private boolean isSite(HttpUrl url) {
        return siteHosts.contains(site(url));
    }

    private static String hostKey(HttpUrl url) {
        return url.scheme() + " " + url.authority();
    }

    private SiteHost host(HttpUrl url) {
        return hosts.computeIfAbsent(hostKey(url), _ -> new SiteHost());
    }

    /** Queues the first page. */
    void begin(Crawl crawl) {
        synchronized (graph) {
            Link first = graph.link(settings.start());
            if (first != null) {
                first.isRead = true;
            }
        }
        synchronized (graph) {
            graph.target(settings.start()).asked = FetchPurpose.PAGE;
        }
        notQueued(settings.start(), crawl.start(settings.start(), FetchPurpose.PAGE));
    }

    @Override
    public boolean visited(Visit visit, Crawl crawl) throws InterruptedException {
        return switch (visit) {
            case Visit.Skipped skipped -> {
                ended(skipped.url(), new NotRequested(reason(skipped.reason())));
                yield false;
            }
            case Visit.Done done -> done(done, crawl);
        };
    }

    private static String reason(Visit.Reason reason) {
        return switch (reason) {
            case ROBOTS -> "robots.txt does not allow it.";
            case ROBOTS_UNAVAILABLE ->
                    "robots.txt cannot be read, which forbids the host (RFC 9309).";
            case BACKED_OFF -> "The host asked to wait for longer than the check does.";
            case BUDGET -> "A budget of the check was used up before.";
        };
    }

    private boolean done(Visit.Done done, Crawl crawl) throws InterruptedException {
        switch (done.result()) {
            case FetchResult.Refused refused ->
                    ended(done.url(), new NotRequested(refused.refusal().text()));
            case FetchResult.Failed failed ->
                    ended(
                            done.url(),
                            new Failed(failed.failure(), failed.detail(), failed.certificate()));
            case FetchResult.Fetched(_, PageResponse response) -> {
                HttpUrl redirect = done.redirect().orElse(null);
                if (redirect == null) {
                    return answered(done, response, crawl);
                }
                redirected(done, response.status(), redirect, crawl);
            }
        }
        return false;
    }

    private void ended(HttpUrl url, Ending ending) {
        List<Row> written = new ArrayList<>();
        synchronized (graph) {
            LinkTarget target = graph.target(url);
            if (!target.isThere()) { // a second request, for the body, changes nothing
                target.ending = ending;
            }
            rows(target, written);
        }
        write(written);
    }

    private void redirected(Visit.Done done, int status, HttpUrl to, Crawl crawl) {
        List<Row> written = new ArrayList<>();
        boolean wanted;
        FetchPurpose want = done.want();
        synchronized (graph) {
            LinkTarget from = graph.target(done.url());
            LinkTarget target = graph.target(to);
            if (from.redirect != target) {
                from.redirect = target;
                target.addRedirectSource(from);
            }
            from.redirectStatus = status;
            from.redirectFragment = to.fragment();
            if (graph.isComplete(target)) {
                redirectRows(from, LONGEST_CHAIN, written);
            }
            if (done.depth() == 0) {
                siteHosts.add(site(to)); // the first page is there
            }
            if (want == FetchPurpose.PAGE && !isSite(to)) {
                want = settings.fragments() ? FetchPurpose.BODY : FetchPurpose.STATUS;
            }
            wanted = target.asked == null || target.asked.compareTo(want) < 0;
            target.asked = wanted ? want : target.asked;
        }
        write(written);
        if (wanted) {
            notQueued(to, crawl.follow(done, want));
        }
    }

    /** Queues a URL, unless as much was asked of it before. */
    private void add(Crawl crawl, HttpUrl url, FetchPurpose want, int depth) {
        LinkTarget target;
        synchronized (graph) {
            target = graph.target(url);
        }
        add(crawl, url, target, want, depth);
    }

    private void add(Crawl crawl, HttpUrl url, LinkTarget target, FetchPurpose want, int depth) {
        synchronized (graph) {
            if (target.asked != null && target.asked.compareTo(want) >= 0) {
                return;
            }
            target.asked = want;
        }
        notQueued(url, crawl.add(url, want, depth));
    }

    private void notQueued(HttpUrl url, QueueResult added) {
        String reason =
                switch (added) {
                    case QUEUED, SEEN -> "";
                    case EXCLUDED -> "The patterns of the request exclude it.";
                    case REFUSED -> "Its port, user name or host is not one that is checked.";
                    case FULL -> "There are more links than the check requests.";
                    case ENDLESS -> "It is one of endlessly many, such as the days of a calendar.";
                    case TOO_MANY_REDIRECTS -> "There are more redirects than are followed.";
                };
        if (!reason.isEmpty()) {
            ended(url, new NotRequested(reason));
        }
    }

    private boolean answered(Visit.Done done, PageResponse sent, Crawl crawl)
            throws InterruptedException {
        PageResponse response = crawl.memory().readable(sent);
        HttpUrl url = done.url();
        boolean success = response.status() >= 200 && response.status() < 300;
        boolean html = HtmlDocument.isHtml(response);
        String challenge = BotChallenge.of(response).orElse(null);
        boolean read = success && challenge == null && done.want() != FetchPurpose.STATUS;
        SiteHost host = host(url);
        Update update = new Update(done, response, html, challenge);
        if (read) {
            try (PageMemory.Held _ = crawl.memory().hold(update.response)) {
                read(update, host, crawl);
            }
        } else {
            learn(update, null, host);
        }
        for (HttpUrl whole : update.wanted) {
            add(crawl, whole, FetchPurpose.BODY, done.depth());
        }
        if (update.asksForMissing) {
            askForMissing(url, host, done.depth(), crawl);
        }
        if (update.saysHttp) {
            considerHttps(url, done.depth(), crawl);
        }
        if (update.reader != null) {
            update.reader.end();
        }
        if (update.isPage && settings.sitemap() && sitemapsRead.compareAndSet(false, true)) {
            readSitemaps(url, crawl);
        }
        progress(crawl);
        return update.isPage;
    }

    /** Reads a page or style sheet; no request is made meanwhile. */
    private void read(Update update, SiteHost host, Crawl crawl) {
        PageResponse response = update.response;
        HttpUrl url = update.done.url();
        HtmlDocument document = update.html ? HtmlDocument.parse(response) : null;
        learn(update, document, host);
        if (!isSite(url)) {
            return;
        }
        PageReader reader = new PageReader(url, update.done.depth(), crawl);
        if (document != null && update.done.want() == FetchPurpose.PAGE) {
            update.isPage = true;
            update.reader = reader;
            pages.incrementAndGet();
            readPage(document, response, reader);
        } else if (response.mediaType().equals("text/css")) {
            update.reader = reader;
            HtmlDocument.forEachReference(url, response.text(), reader::found);
        }
    }

    /** A response, and what is to be done because of it once the lock is released. */
    private static final class Update {

        final Visit.Done done;
        final PageResponse response;
        final boolean html;
        final @Nullable String challenge;
        final List<HttpUrl> wanted = new ArrayList<>();
        @Nullable PageReader reader;
        boolean isPage;
        boolean asksForMissing;
        boolean saysHttp;

        Update(Visit.Done done, PageResponse response, boolean html, @Nullable String challenge) {
            this.done = done;
            this.response = response;
            this.html = html;
            this.challenge = challenge;
        }
    }

    /** Takes a response into the graph, and writes the rows of links that are bad by it. */
    private void learn(Update update, @Nullable HtmlDocument document, SiteHost host) {
        List<Row> written = new ArrayList<>();
        synchronized (graph) {
            learn(update, document, host, written);
        }
        write(written);
    }

    private void learn(
            Update update, @Nullable HtmlDocument document, SiteHost host, List<Row> written) {
        HttpUrl url = update.done.url();
        LinkTarget target = graph.target(url);
        int status = update.response.status();
        target.redirect = null;
        target.ending =
                status == 200 && update.challenge == null
                        ? OK
                        : new Answered(status, update.challenge);
        String type = update.response.mediaType();
        target.mediaType = update.html ? "text/html" : type;
        if (document != null && settings.fragments()) {
            Anchors anchors = Anchors.of(document.anchors());
            target.anchors = graph.takes((long) Long.BYTES * anchors.size()) ? anchors : null;
        }
        if (document != null && needsSignature(url, host)) {
            target.signature = PageSignature.of(url, document.document());
        }
        boolean leftOut =
                target.asked == FetchPurpose.PAGE
                        && update.done.want() == FetchPurpose.STATUS
                        && target.isPage();
        if (leftOut && isSite(url)) {
            pagesLeftOut.incrementAndGet();
            if (examples.size() < EXAMPLES) {
                examples.add(target.url);
            }
        }
        if (target.isPage()) {
            switch (host.missing) {
                case NOT_ASKED -> {
                    host.missing = SiteHost.Missing.ASKED;
                    update.asksForMissing = true;
                    host.early.add(target);
                }
                case ASKED -> host.early.add(target);
                case AS_PAGE -> {
                    if (target.signature == null) {
                        update.wanted.add(url);
                    }
                }
                case AS_ERROR, AS_REDIRECT -> {
                    // its status tells
                }
            }
        }
        update.saysHttp = target.isThere() && target.links.stream().anyMatch(link -> link.saysHttp);
        rows(target, written);
    }

    /** Asks for the https URL of a link that says http and is there. */
    private void considerHttps(HttpUrl url, int depth, Crawl crawl) throws InterruptedException {
        if (url.scheme() != Scheme.HTTP || url.port() != Scheme.HTTP.port()) {
            return; // which port would answer https is not known
        }
        SiteHost host = host(url);
        SiteHost.Https known;
        synchronized (graph) {
            known = host.https;
            if (known == SiteHost.Https.NOT_ASKED) {
                host.https = SiteHost.Https.ASKED;
            } else if (known == SiteHost.Https.ASKED) {
                host.waiting.add(url);
            }
        }
        if (known == SiteHost.Https.NOT_ASKED) {
            askForHttps(url, host, depth, crawl);
        } else if (known == SiteHost.Https.SAME) {
            add(crawl, url.withScheme(Scheme.HTTPS), FetchPurpose.STATUS, depth);
        }
    }

    private static boolean needsSignature(HttpUrl url, SiteHost host) {
        boolean compared =
                url.port() == url.scheme().port()
                        && url.scheme() == Scheme.HTTP
                        && host.https != SiteHost.Https.DIFFERENT;
        return compared
                || (host.missing != SiteHost.Missing.AS_ERROR
                        && host.missing != SiteHost.Missing.AS_REDIRECT);
    }

    /** Asks a host for a path that does not exist, once. */
    private void askForMissing(HttpUrl url, SiteHost host, int depth, Crawl crawl)
            throws InterruptedException {
        HttpUrl probe = url.resolveHttp("/" + randomName()).orElseThrow();
        SiteHost.Missing missing = SiteHost.Missing.AS_ERROR;
        PageSignature page = null;
        PageSignature start = null;
        String target = null;
        if (!settings.robots() || crawl.robots(url).allows(probe)) {
            PageResponse response = page(probe, crawl);
            if (response != null) {
                boolean redirected = !response.url().toString().equals(probe.toString());
                missing = redirected ? SiteHost.Missing.AS_REDIRECT : SiteHost.Missing.AS_PAGE;
                target = response.url().withoutFragment().toString();
                page = signature(response);
                start = redirected ? null : startPage(url, crawl);
            }
        }
        List<HttpUrl> wanted = new ArrayList<>();
        synchronized (graph) {
            host.missing = missing;
            host.missingPage = page;
            host.missingTarget = target;
            host.startPage = start;
            for (LinkTarget early : host.early) {
                if (missing == SiteHost.Missing.AS_PAGE && early.signature == null) {
                    early.asked = null;
                    wanted.add(parsed(early.url));
                } else if (missing != SiteHost.Missing.AS_PAGE && url.scheme() == Scheme.HTTPS) {
                    early.signature = null;
                }
            }
            host.early.clear();
        }
        for (HttpUrl whole : wanted) {
            add(crawl, whole, FetchPurpose.BODY, depth);
        }
        if (missing == SiteHost.Missing.AS_PAGE && isSite(url)) {
            finding(
                    new PageFinding(
                            "no-404",
                            probe.toString(),
                            0,
                            0,
                            "A path that does not exist is answered with 200.",
                            "Answer 404: search engines and this check take such pages for real"
                                    + " ones."));
        }
    }

    private static HttpUrl parsed(String url) {
        if (HttpUrl.parse(url) instanceof HttpUrl.Http(HttpUrl parsed)) {
            return parsed;
        }
        throw new IllegalStateException(url);
    }

    private static String randomName() {
        StringBuilder name = new StringBuilder("gatehouse");
        for (int i = 0; i < 16; i++) {
            name.append((char) ('a' + ThreadLocalRandom.current().nextInt(26)));
        }
        return name.toString();
    }

    /** The HTML page that a URL or its redirects lead to, or null where there is none. */
    private @Nullable PageResponse page(HttpUrl url, Crawl crawl) throws InterruptedException {
        HttpUrl next = url;
        for (int hops = 0; hops <= 5; hops++) {
            FetchResult result = crawl.fetch(next, PROBE_BYTES);
            HttpUrl target = CrawlClient.target(result).orElse(null);
            if (target == null) {
                return result instanceof FetchResult.Fetched(_, PageResponse response)
                                && response.status() >= 200
                                && response.status() < 300
                                && HtmlDocument.isHtml(response)
                                && BotChallenge.of(response).isEmpty()
                        ? response
                        : null;
            }
            next = target.withoutFragment();
        }
        return null;
    }

    private @Nullable PageSignature startPage(HttpUrl url, Crawl crawl)
            throws InterruptedException {
        HttpUrl start = url.resolveHttp("/").orElseThrow();
        synchronized (graph) {
            LinkTarget known = graph.find(start);
            if (known != null && known.signature != null) {
                return known.signature;
            }
        }
        PageResponse response = page(start, crawl);
        return response == null ? PageSignature.EMPTY : signature(response);
    }

    private static PageSignature signature(PageResponse response) {
        return PageSignature.of(response.url(), HtmlDocument.parse(response).document());
    }

    /**
     * Compares a URL over http with the same over https: once for each host, or with further URLs
     * where https has other paths.
     */
    private void askForHttps(HttpUrl first, SiteHost host, int depth, Crawl crawl)
            throws InterruptedException {
        HttpUrl url = first;
        SiteHost.Https known = compared(url, crawl);
        for (int tries = 1; known == SiteHost.Https.NOT_ASKED && tries < HTTPS_TRIES; tries++) {
            synchronized (graph) {
                if (host.waiting.isEmpty()) {
                    host.https = known; // the next link asks again
                    return;
                }
                url = host.waiting.removeFirst();
            }
            known = compared(url, crawl);
        }
        List<HttpUrl> waiting;
        synchronized (graph) {
            host.https = known == SiteHost.Https.SAME ? known : SiteHost.Https.DIFFERENT;
            waiting = List.copyOf(host.waiting);
            host.waiting.clear();
            if (known == SiteHost.Https.SAME) {
                LinkTarget target = graph.target(url.withScheme(Scheme.HTTPS));
                target.asked = target.asked == null ? FetchPurpose.STATUS : target.asked;
                target.ending = OK;
                target.mediaType = graph.target(url).mediaType;
            }
        }
        if (known == SiteHost.Https.SAME) {
            for (HttpUrl other : waiting) {
                add(crawl, other.withScheme(Scheme.HTTPS), FetchPurpose.STATUS, depth);
            }
        }
    }

    /** Whether https answers the same; {@code NOT_ASKED} where it answers with an error. */
    private static SiteHost.Https compared(HttpUrl url, Crawl crawl) throws InterruptedException {
        FetchResult secure = crawl.fetch(url.withScheme(Scheme.HTTPS), PROBE_BYTES);
        if (!(secure instanceof FetchResult.Fetched(_, PageResponse https))) {
            return SiteHost.Https.DIFFERENT;
        }
        if (https.status() != 200) {
            return SiteHost.Https.NOT_ASKED;
        }
        return crawl.fetch(url, PROBE_BYTES) instanceof FetchResult.Fetched(_, PageResponse http)
                        && http.status() == 200
                        && isSame(http, https)
                ? SiteHost.Https.SAME
                : SiteHost.Https.DIFFERENT;
    }

    private static boolean isSame(PageResponse http, PageResponse https) {
        if (!http.mediaType().equals(https.mediaType())) {
            return false;
        }
        return Arrays.equals(http.body().bytes(), https.body().bytes())
                || (HtmlDocument.isHtml(http) && signature(http).isSameAs(signature(https)));
    }

    private void readPage(HtmlDocument document, PageResponse response, PageReader reader) {
        HttpUrl url = document.url();
        if (response.body().end() == ResponseBody.End.CUT) {
            finding(
                    new PageFinding(
                            "page-cut",
                            url.toString(),
                            0,
                            0,
                            "The page is larger than the %,d bytes that are read of it."
                                    .formatted(response.body().bytes().length),
                            "Split the page. Links behind that are not checked."));
        }
        new PageFindings(url).duplicateIds(document).forEach(this::finding);
        document.forEachReference(reader::found);
    }

    /** Queues the pages of the site's sitemaps. */
    private void readSitemaps(HttpUrl site, Crawl crawl) throws InterruptedException {
        boolean secure = site.scheme() == Scheme.HTTPS;
        HttpUrl robots = site.resolveHttp("/robots.txt").orElseThrow();
        crawl.sitemaps(
                site,
                file -> {
                    if (secure && file.named()) {
                        PageFindings.ofEntry(PlainHttp.ROBOTS, robots.toString(), file.url())
                                .ifPresent(this::finding);
                    }
                    readSitemap(file, secure, crawl);
                });
    }

    private void readSitemap(SitemapFile file, boolean secure, Crawl crawl)
            throws InterruptedException {
        if (file.problem() != null && file.named()) {
            finding(
                    new PageFinding(
                            "sitemap-unreadable",
                            file.url().toString(),
                            0,
                            0,
                            file.problem(),
                            "Correct the sitemap, or what names it."));
        }
        int entries = 0;
        PageReader reader = new PageReader(file.url(), 0, crawl);
        for (SitemapFile.Entry entry : file.pages()) {
            reader.found(
                    new Reference(
                            Reference.Kind.NAVIGATION,
                            entry.url().toString(),
                            new HttpUrl.Http(entry.url()),
                            0,
                            0,
                            "loc",
                            "",
                            ""));
            if (secure && entry.url().scheme() == Scheme.HTTP && entries++ < FINDINGS) {
                PageFindings.ofEntry(PlainHttp.SITEMAP, file.url().toString(), entry.url())
                        .ifPresent(this::finding);
            }
        }
        reader.end();
    }

    /** Takes the references of one page, style sheet or sitemap. */
    private final class PageReader {

        private final String pageText;
        private final int depth;
        private final Crawl crawl;
        private final PageFindings pageFindings;
        private final Map<String, Integer> counts = new HashMap<>();
        private final List<HttpUrl> insecure = new ArrayList<>();

        PageReader(HttpUrl page, int depth, Crawl crawl) {
            this.pageText = page.toString();
            this.depth = depth;
            this.crawl = crawl;
            this.pageFindings = new PageFindings(page);
        }

        void found(Reference reference) {
            if (resultFull.get()) {
                return;
            }
            pageFindings
                    .of(reference)
                    .filter(finding -> counts.merge(finding.id(), 1, Integer::sum) <= FINDINGS)
                    .ifPresent(LinkCheck.this::finding);
            switch (reference.target()) {
                case HttpUrl.Http(HttpUrl url) -> link(reference, url);
                case HttpUrl.OtherScheme(String scheme) ->
                        unrequested(
                                reference,
                                new NotRequested(
                                        "The scheme %s is not checked.".formatted(scheme)));
                case HttpUrl.Invalid() -> unrequested(reference, new Invalid());
            }
        }

        private void unrequested(Reference reference, Ending ending) {
            List<Row> written = new ArrayList<>();
            synchronized (graph) {
                Link link = graph.unrequested(reference.written(), ending);
                if (link == null) {
                    linksLeftOut.incrementAndGet();
                    return;
                }
                link.isRead = true;
                place(link, reference, written);
                row(link, written);
            }
            write(written);
        }

        private void link(Reference reference, HttpUrl url) {
            List<Row> written = new ArrayList<>();
            boolean external = !isSite(url);
            LinkTarget target;
            synchronized (graph) {
                Link link = graph.link(url);
                if (link == null) {
                    linksLeftOut.incrementAndGet();
                    return;
                }
                target = Objects.requireNonNull(link.target);
                boolean saysHttp = reference.saysHttp() || entryOfSitemap(reference);
                if (saysHttp && !link.saysHttp) {
                    link.saysHttp = true;
                    if (target.isThere()) {
                        insecure.add(url);
                    }
                }
                link.isRead |= reference.kind() != Reference.Kind.FORM_POST;
                place(link, reference, written);
                if (external && !settings.external() && target.ending == null) {
                    target.ending = new NotRequested("Links to other sites are not checked.");
                }
                if (link.places == 1 && graph.isComplete(target)) {
                    row(link, written);
                }
            }
            write(written);
            if (!external || settings.external()) {
                add(crawl, url, target, want(reference, url, external), depth + 1);
            }
        }

        /** Asks for https, where links say http and lead to what was visited before. */
        void end() throws InterruptedException {
            for (HttpUrl url : insecure) {
                considerHttps(url, depth, crawl);
            }
        }

        private boolean entryOfSitemap(Reference reference) {
            return reference.element().equals("loc") && reference.isPlainHttp();
        }

        private FetchPurpose want(Reference reference, HttpUrl url, boolean external) {
            boolean file = FILE.matcher(url.path()).matches();
            if (settings.wholeSite() && !external && reference.isNavigable() && !file) {
                return FetchPurpose.PAGE;
            }
            boolean fragment =
                    settings.fragments()
                            && reference.isNavigable()
                            && url.fragment() != null
                            && !url.fragment().isEmpty()
                            && !file;
            boolean styleSheet = !external && reference.kind() == Reference.Kind.STYLESHEET;
            return fragment || styleSheet || host(url).missing == SiteHost.Missing.AS_PAGE
                    ? FetchPurpose.BODY
                    : FetchPurpose.STATUS;
        }

        /** Keeps a place, with the lock. */
        private void place(Link link, Reference reference, List<Row> written) {
            link.places++;
            boolean good = link.target != null && link.target.isThere();
            if (link.places <= (good ? PLACES_OF_GOOD : PLACES)) {
                written.add(
                        new Row(
                                "places",
                                link.number + "-" + link.places,
                                Map.of("link", String.valueOf(link.number)),
                                Place.of(pageText, reference)));
            }
        }
    }

    private record Row(String kind, String key, Map<String, String> facets, Object data) {}

    /**
     * Adds the rows of the links that lead to a target, also by redirects, as far as is known now;
     * with the lock.
     */
    private void rows(LinkTarget target, List<Row> written) {
        // where it redirects, there may be no end to those before it
        redirectRows(target, target.redirect == null ? LONGEST_CHAIN : 0, written);
    }

    private void redirectRows(LinkTarget target, int most, List<Row> written) {
        for (Link link : target.links) {
            row(link, written);
        }
        for (LinkTarget source : most > 0 ? target.redirectSources : List.<LinkTarget>of()) {
            if (source.redirect == target) {
                redirectRows(source, most - 1, written);
            }
        }
    }

    private void row(Link link, List<Row> written) {
        LinkFacts facts = graph.facts(link);
        row(link, facts, Judgement.of(facts), written);
    }

    /** Adds the row of a link where it is new or has changed; with the lock. */
    private static void row(Link link, LinkFacts facts, Judgement judgement, List<Row> written) {
        LinkRow row = LinkRow.of(link.url, judgement, facts.redirects(), link.places);
        int hash = row.hashCode() | 1;
        if (hash != link.written) {
            link.written = hash;
            String number = String.valueOf(link.number);
            written.add(
                    new Row(
                            "links",
                            number,
                            Map.of(
                                    "verdict", row.verdict(),
                                    "host", hostOf(link),
                                    "number", number),
                            row));
        }
    }

    private static String hostOf(Link link) {
        return HttpUrl.parse(link.url) instanceof HttpUrl.Http(HttpUrl url) ? url.authority() : "";
    }

    private void write(List<Row> written) {
        for (Row row : written) {
            if (!context.row(row.kind(), row.key(), row.facets(), row.data())) {
                resultFull.set(true);
            }
        }
    }

    private void finding(PageFinding finding) {
        findingCounts.computeIfAbsent(finding.id(), _ -> new AtomicInteger()).incrementAndGet();
        write(
                List.of(
                        new Row(
                                "findings",
                                String.valueOf(findingNumber.incrementAndGet()),
                                Map.of("id", finding.id()),
                                finding)));
    }

    private void progress(Crawl crawl) {
        if (resultFull.get()) {
            crawl.stop();
        }
        CrawlStatistics statistics = crawl.statistics();
        double seconds = Math.max(1, System.nanoTime() - began) / 1e9;
        String text =
                String.format(
                        Locale.ROOT,
                        "%,d links checked, %.0f a second; %,d wait",
                        statistics.done(),
                        statistics.done() / seconds,
                        statistics.queued());
        context.progress(
                settings.wholeSite()
                        ? new JobProgress(pages.get(), settings.maxPages(), "pages", text)
                        : new JobProgress(
                                statistics.done(),
                                statistics.done() + statistics.queued(),
                                "links",
                                text));
    }

    /** Writes what is not written yet, once the crawl is over. */
    JobResult finish(Crawl crawl, CrawlEnd end) {
        Map<LinkVerdict, Integer> summary = new EnumMap<>(LinkVerdict.class);
        Map<String, Map<LinkVerdict, Integer>> byHost = new HashMap<>();
        markSoft404s();
        for (Link link : graph.links()) {
            List<Row> written = new ArrayList<>();
            LinkFacts facts = graph.facts(link);
            Judgement judgement = Judgement.of(facts);
            row(link, facts, judgement, written);
            write(written);
            summary.merge(judgement.verdict(), 1, Integer::sum);
            byHost.computeIfAbsent(hostOf(link), _ -> new EnumMap<>(LinkVerdict.class))
                    .merge(judgement.verdict(), 1, Integer::sum);
        }
        LinkTarget start = graph.target(settings.start());
        if (start.ending instanceof Failed failed
                && failed.failure() == FetchResult.Failure.NO_ADDRESS) {
            return DeadLinksTool.problem(TargetRefusal.NO_PUBLIC_ADDRESS).failure();
        }
        String budget = budget(end);
        DeadLinksReport report = report(summary, byHost, budget, crawl.statistics());
        return budget == null ? new JobResult.Done(report) : new JobResult.Partial(report);
    }

    private @Nullable String budget(CrawlEnd end) {
        if (resultFull.get()) {
            return "result-size";
        }
        return switch (end) {
            case LINKS -> "links";
            case BYTES -> "bytes";
            case TIME, STOPPED -> "time";
            case PAGES, FINISHED -> {
                if (linksLeftOut.get() > 0) {
                    yield "links";
                }
                if (pagesLeftOut.get() == 0) {
                    yield null;
                }
                yield pages.get() >= settings.maxPages() ? "pages" : "depth";
            }
        };
    }

    private DeadLinksReport report(
            Map<LinkVerdict, Integer> summary,
            Map<String, Map<LinkVerdict, Integer>> byHost,
            @Nullable String budget,
            CrawlStatistics statistics) {
        Map<String, Integer> verdicts = new LinkedHashMap<>();
        for (LinkVerdict verdict : LinkVerdict.values()) {
            verdicts.put(verdict.text(), summary.getOrDefault(verdict, 0));
        }
        Map<String, Integer> counts = new TreeMap<>();
        findingCounts.forEach((id, count) -> counts.put(id, count.get()));
        return new DeadLinksReport(
                settings.start().toString(),
                settings.wholeSite() ? DeadLinksRequest.SITE : DeadLinksRequest.PAGE,
                pages.get(),
                verdicts,
                counts,
                byHost.entrySet().stream()
                        .map(entry -> host(entry.getKey(), entry.getValue()))
                        .sorted(
                                Comparator.comparingInt(DeadLinksReport.HostSummary::links)
                                        .reversed()
                                        .thenComparing(DeadLinksReport.HostSummary::host))
                        .limit(HOSTS)
                        .toList(),
                budget,
                new DeadLinksReport.NotVisited(
                        pagesLeftOut.get(), linksLeftOut.get(), List.copyOf(examples)),
                new DeadLinksReport.Effort(
                        statistics.requests(),
                        statistics.fallbacks(),
                        statistics.retries(),
                        statistics.others(),
                        statistics.bytes(),
                        (System.nanoTime() - began) / 1_000_000));
    }

    private static DeadLinksReport.HostSummary host(String name, Map<LinkVerdict, Integer> counts) {
        Map<String, Integer> summary = new LinkedHashMap<>();
        counts.forEach((verdict, count) -> summary.put(verdict.text(), count));
        int links = counts.values().stream().mapToInt(Integer::intValue).sum();
        return new DeadLinksReport.HostSummary(name, links, summary);
    }

    /** Marks the targets whose host answered with its page for what does not exist. */
    private void markSoft404s() {
        for (LinkTarget target : graph.targets()) {
            HttpUrl url = parsed(target.url);
            SiteHost host = hosts.get(hostKey(url));
            if (host == null || INDEX.matcher(url.path()).matches()) {
                continue;
            }
            target.isSoft404 =
                    switch (host.missing) {
                        case AS_PAGE -> isMissingPage(target, host);
                        case AS_REDIRECT -> isMissingRedirect(target, host);
                        case NOT_ASKED, ASKED, AS_ERROR -> false;
                    };
        }
    }

    private static boolean isMissingPage(LinkTarget target, SiteHost host) {
        return target.isPage()
                && target.signature != null
                && host.missingPage != null
                && host.missingPage
                                .similarity(
                                        target.signature,
                                        host.startPage == null
                                                ? PageSignature.EMPTY
                                                : host.startPage)
                                .orElse(0)
                        >= SAME_PAGE;
    }

    private boolean isMissingRedirect(LinkTarget target, SiteHost host) {
        if (target.redirect == null || host.missingTarget == null) {
            return false;
        }
        LinkTarget end = graph.end(target);
        return end != null
                && end.url.equals(host.missingTarget)
                && !LOGIN.matcher(parsed(end.url).path()).matches();
    }
}
