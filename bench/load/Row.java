package load;

import static load.Peer.BARE_TOMCAT;
import static load.Peer.CADDY;
import static load.Peer.GATEHOUSE;
import static load.Peer.GATEHOUSE_JAR;
import static load.Peer.GATEHOUSE_LARGE;
import static load.Peer.HAPROXY;
import static load.Peer.NGINX;
import static load.Peer.STOCK;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The rows of the table, in the order in which they are measured. */
public enum Row {
    START("start", new Start(GATEHOUSE, GATEHOUSE_JAR, STOCK, NGINX, CADDY)),
    IDLE("idle", new Resident(GATEHOUSE, STOCK, NGINX, CADDY)),
    REDIRECT(
            "redirect",
            new Throughput(
                    (server, seconds) ->
                            Load.wrk(Load.CONNECTIONS, seconds, server.http("/docs/page?a=b")),
                    GATEHOUSE,
                    NGINX,
                    CADDY,
                    HAPROXY,
                    STOCK,
                    BARE_TOMCAT)),
    PING("ping", tls("/ping")),
    PAGE("page, HTTP/1.1", tls("/page.html")),
    PAGE_GZIP("page, HTTP/1.1, gzip", tls("/page.html", "Accept-Encoding: gzip")),
    PAGE_H2("page, HTTP/2", http2("-m4")),
    PAGE_H2_GZIP("page, HTTP/2, gzip", http2("-m4", "-H", "accept-encoding: gzip")),
    NOT_MODIFIED("304", new Throughput(Row::notModified, GATEHOUSE, NGINX, CADDY, STOCK)),
    HANDSHAKE("full handshake", tls("/ping", "Connection: close")),
    RESUMED("resumed handshake", new Throughput(Resumption::load, GATEHOUSE, NGINX, CADDY, STOCK)),
    HALF("page, HTTP/2, at half of saturation", new HalfLoad(GATEHOUSE, NGINX, CADDY, STOCK)),
    CROWD("a visitor beside 500 others", new Crowd(GATEHOUSE, NGINX, CADDY, STOCK)),
    CONCURRENCY_16("page, HTTP/1.1, 16 connections", concurrent(16)),
    CONCURRENCY_100("page, HTTP/1.1, 100 connections", concurrent(100)),
    CONCURRENCY_500("page, HTTP/1.1, 500 connections", concurrent(500)),
    CONCURRENCY_1500("page, HTTP/1.1, 1,500 connections", concurrent(1500)),
    CONCURRENCY_2000("page, HTTP/1.1, 2,000 connections", concurrent(2000)),
    CONCURRENCY_H2_16("page, HTTP/2, 16 connections", concurrentHttp2(16)),
    CONCURRENCY_H2_100("page, HTTP/2, 100 connections", concurrentHttp2(100)),
    CONCURRENCY_H2_500("page, HTTP/2, 500 connections", concurrentHttp2(500)),
    CONCURRENCY_H2_1500("page, HTTP/2, 1,500 connections", concurrentHttp2(1500)),
    CONCURRENCY_H2_2000("page, HTTP/2, 2,000 connections", concurrentHttp2(2000)),
    AFTER("after the run", new Resident(GATEHOUSE, STOCK, NGINX, CADDY)),
    IDLE_2000("2,000 idle TLS", new IdleConnections(2000, GATEHOUSE, NGINX, CADDY, STOCK)),
    IDLE_8000("8,000 idle TLS", new IdleConnections(8000, GATEHOUSE_LARGE, NGINX, CADDY, STOCK));

    private final String label;
    private final Measurement measurement;

    Row(String label, Measurement measurement) {
        this.label = label;
        this.measurement = measurement;
    }

    /** A way to measure a row. */
    interface Measurement {
        void measure(Row row, Setting setting, Fleet fleet, Results results) throws Exception;
    }

    public String label() {
        return label;
    }

    public void measure(Setting setting, Fleet fleet, Results results) throws Exception {
        results.forget(this);
        measurement.measure(this, setting, fleet, results);
    }

    /**
     * Those of these names, {@code page-h2} for {@code PAGE_H2} and {@code concurrency} for all
     * numbers of connections; all when none is given.
     */
    public static List<Row> named(String... names) {
        return names.length == 0
                ? List.of(values())
                : Arrays.stream(names)
                        .map(name -> name.toUpperCase(Locale.ROOT).replace('-', '_'))
                        .flatMap(
                                name ->
                                        name.equals("CONCURRENCY")
                                                ? concurrency().stream()
                                                : Stream.of(valueOf(name)))
                        .toList();
    }

    /** The same page with more and more connections. */
    static List<Row> concurrency() {
        return Arrays.stream(values())
                .filter(row -> row.name().startsWith("CONCURRENCY_"))
                .toList();
    }

    /** By the end of its name. */
    int connections() {
        return Integer.parseInt(name().replaceAll(".*_", ""));
    }

    boolean isHttp2() {
        return name().contains("_H2_");
    }

    /** Those that saturate a server. */
    public static List<Row> loads() {
        return Arrays.stream(values())
                .filter(row -> row.measurement instanceof Throughput)
                .toList();
    }

    /** Saturates a server, for a look at it from elsewhere. */
    Load load(Server server, int seconds) throws Exception {
        if (measurement instanceof Throughput throughput) {
            return throughput.generator().load(server, seconds);
        }
        throw new IllegalArgumentException(label + " is no load: take one of " + loads());
    }

    private static Throughput tls(String path, String... headers) {
        return new Throughput(
                (server, seconds) ->
                        Load.wrk(Load.CONNECTIONS, seconds, server.https(path), headers),
                GATEHOUSE,
                NGINX,
                CADDY,
                STOCK);
    }

    private static Throughput concurrent(int connections) {
        return new Throughput(
                (server, seconds) -> Load.wrk(connections, seconds, server.https("/page.html")),
                GATEHOUSE,
                NGINX,
                CADDY);
    }

    private static Throughput concurrentHttp2(int connections) {
        return new Throughput(
                (server, seconds) ->
                        Load.h2load(seconds, server.https("/page.html"), "-c" + connections, "-m4"),
                GATEHOUSE,
                NGINX,
                CADDY);
    }

    private static Throughput http2(String... options) {
        return new Throughput(
                (server, seconds) -> Load.h2load(seconds, server.https("/page.html"), options),
                GATEHOUSE,
                NGINX,
                CADDY,
                STOCK);
    }

    private static Load notModified(Server server, int seconds) throws Exception {
        String page = server.https("/page.html");
        String condition = condition(Load.output(List.of("curl", "-ski", page)));
        String seen =
                Load.find(
                        "HTTP/\\S+ (\\d+)",
                        Load.output(List.of("curl", "-ski", "-H", condition, page)));
        if (!seen.equals("304")) {
            throw new IllegalStateException(server.peer() + " answered " + seen + ", not 304");
        }
        return Load.wrk(Load.CONNECTIONS, seconds, page, condition);
    }

    /** By the ETag where there is one; stock Spring Boot gives none. */
    private static String condition(String answer) throws IOException {
        return answer.toLowerCase(Locale.ROOT).contains("\netag:")
                ? "If-None-Match: " + Load.find("(?i)etag: (\\S+)", answer)
                : "If-Modified-Since: " + Load.find("(?i)last-modified: ([^\\r\\n]+)", answer);
    }
}
