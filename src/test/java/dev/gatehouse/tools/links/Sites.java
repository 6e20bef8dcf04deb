package dev.gatehouse.tools.links;

import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.testing.TestSite;
import dev.gatehouse.tools.crawl.CrawlEngine;
import dev.gatehouse.tools.job.Acceptance;
import dev.gatehouse.tools.job.JobContext;
import dev.gatehouse.tools.job.JobProgress;
import dev.gatehouse.tools.job.JobResult;
import dev.gatehouse.tools.job.JobRow;
import dev.gatehouse.tools.job.JobRows;
import dev.gatehouse.tools.job.RowQuery;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import dev.gatehouse.tools.outbound.OutboundClient;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** Sites with names on loopback, and checks of them without a job store. */
final class Sites implements AutoCloseable {

    /** Far longer than a check takes on a slow machine. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Map<String, List<String>> names = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final List<X509Certificate> roots = new ArrayList<>();
    private final List<TestSite> sites = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();
    private int hostConnections = 10;

    private String address(String name) {
        return names.computeIfAbsent(name, _ -> List.of("127.0.9." + (names.size() + 1)))
                .getFirst();
    }

    /** A site over plain HTTP. */
    TestSite http(String name) {
        TestSite site = TestSite.plain(address(name));
        ports.put(address(name) + ":80", site.port());
        sites.add(site);
        return site;
    }

    /** A site over HTTPS. */
    TestSite https(String name) {
        return https(name, TestCertificate.forNames(name), true);
    }

    TestSite https(String name, TestCertificate certificate, boolean trusted) {
        TestSite site = TestSite.tls(address(name), certificate);
        ports.put(address(name) + ":443", site.port());
        sites.add(site);
        if (trusted) {
            roots.add(certificate.certificate());
        }
        return site;
    }

    /** A name on which nothing listens. */
    void refusing(String name) {
        address(name);
    }

    Sites with(String property, String value) {
        properties.put("gatehouse.dead-links." + property, value);
        return this;
    }

    /** Visits the links of a host in the order of its pages. */
    Sites oneRequestAtATime() {
        hostConnections = 1;
        return this;
    }

    static DeadLinksRequest request(String url) {
        return new DeadLinksRequest(url, null, null, null, null, null, null, null, null, null);
    }

    DeadLinksTool tool(OutboundClient outbound) {
        return new DeadLinksTool(
                outbound,
                new CrawlEngine(outbound, hostConnections, Duration.ZERO),
                bound(),
                Clock.systemUTC());
    }

    OutboundClient outbound() {
        return LoopbackOutboundClient.to(names, ports, roots);
    }

    private DeadLinksProperties bound() {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("gatehouse.dead-links", DeadLinksProperties.class);
    }

    Outcome check(String url) throws InterruptedException {
        return check(request(url));
    }

    Outcome check(DeadLinksRequest request) throws InterruptedException {
        return check(request, new Rows(Integer.MAX_VALUE, PATIENCE));
    }

    Outcome check(DeadLinksRequest request, Rows rows) throws InterruptedException {
        DeadLinksTool tool = tool(outbound());
        if (!(tool.accept(request) instanceof Acceptance.Accepted<DeadLinksRequest>(var ok, _))) {
            throw new IllegalArgumentException(request.toString());
        }
        JobResult result = tool.run(ok, rows);
        Map<String, LinkRow.View> links = new TreeMap<>();
        List<JobRow> found = rows.read(RowQuery.first(DeadLinksTool.LINKS, Integer.MAX_VALUE));
        for (Object view : tool.rowViews(DeadLinksTool.LINKS, found, rows)) {
            LinkRow.View link = (LinkRow.View) view;
            if (links.put(link.url(), link) != null) {
                throw new IllegalStateException("twice: " + link.url());
            }
        }
        List<PageFinding> findings =
                rows.read(RowQuery.first(DeadLinksTool.FINDINGS, Integer.MAX_VALUE)).stream()
                        .map(row -> row.as(PageFinding.class))
                        .toList();
        return switch (result) {
            case JobResult.Done(Object report) ->
                    new Outcome((DeadLinksReport) report, false, links, findings);
            case JobResult.Partial(Object report) ->
                    new Outcome((DeadLinksReport) report, true, links, findings);
            case JobResult.Failed failed -> throw new IllegalStateException(failed.text());
        };
    }

    /** A check that is over. */
    record Outcome(
            DeadLinksReport report,
            boolean partial,
            Map<String, LinkRow.View> links,
            List<PageFinding> findings) {

        /** The verdict of each URL. */
        Map<String, String> verdicts() {
            return links.values().stream()
                    .collect(
                            Collectors.toMap(
                                    LinkRow.View::url,
                                    LinkRow.View::verdict,
                                    (a, _) -> a,
                                    TreeMap::new));
        }

        LinkRow.View link(String url) {
            LinkRow.View link = links.get(url);
            if (link == null) {
                throw new AssertionError("no link " + url + " among " + links.keySet());
            }
            return link;
        }

        List<String> findingIds() {
            return findings.stream().map(PageFinding::id).sorted().toList();
        }
    }

    /** Keeps the rows of one check, as a store does. */
    static final class Rows implements JobContext, JobRows {

        private static final JsonMapper MAPPER = JsonMapper.shared();

        private final int most;
        private final Instant deadline;
        private final Map<String, JobRow> rows = new LinkedHashMap<>();
        private @Nullable JobProgress progress;

        Rows(int most, Duration time) {
            this.most = most;
            this.deadline = Instant.now().plus(time);
        }

        synchronized @Nullable JobProgress lastProgress() {
            return progress;
        }

        @Override
        public String id() {
            return "test";
        }

        @Override
        public String self() {
            return "/api/v1/dead-links/checks/test";
        }

        @Override
        public Instant deadline() {
            return deadline;
        }

        @Override
        public synchronized void progress(JobProgress now) {
            progress = now;
        }

        @Override
        public void publish(String type, Object data) {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized boolean row(
                String kind, String key, Map<String, String> facets, Object data) {
            String id = kind + " " + key;
            JobRow before = rows.get(id);
            if (before == null && rows.size() == most) {
                return false;
            }
            long number = before == null ? rows.size() + 1 : before.number();
            rows.put(id, new JobRow(number, kind, key, facets, MAPPER.writeValueAsString(data)));
            return true;
        }

        @Override
        public OutputStream part(String name, String mediaType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized List<JobRow> read(RowQuery query) {
            return rows.values().stream()
                    .filter(row -> row.kind().equals(query.kind()))
                    .filter(row -> row.number() > query.after())
                    .filter(
                            row ->
                                    query.facets().entrySet().stream()
                                            .allMatch(
                                                    facet ->
                                                            facet.getValue()
                                                                    .contains(
                                                                            row.facets()
                                                                                    .getOrDefault(
                                                                                            facet
                                                                                                    .getKey(),
                                                                                            ""))))
                    .limit(query.limit())
                    .toList();
        }
    }

    @Override
    public void close() {
        sites.forEach(TestSite::close);
    }
}
