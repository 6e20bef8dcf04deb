package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.frontdoor.LoopbackServer.Asked;
import dev.gatehouse.tools.frontdoor.LoopbackServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * Targets of a front-door check that try to use up its processor, memory or time, each on a
 * loopback address of its own, over TLS and over plain HTTP.
 */
public final class HostileTargets implements AutoCloseable {

    private final List<LoopbackServer> servers = new ArrayList<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();

    private HostileTargets() {}

    public static HostileTargets open() {
        HostileTargets targets = new HostileTargets();
        scripts().forEach(targets::add);
        return targets;
    }

    private void add(String host, Script script) {
        String address = "127.0.2." + (addresses.size() + 1);
        LoopbackServer plain = LoopbackServer.plain(address, script);
        LoopbackServer tls = LoopbackServer.tls(address, SiteFixture.good().certificate(), script);
        servers.addAll(List.of(plain, tls));
        addresses.put(host, "%s,%d,%d".formatted(address, plain.port(), tls.port()));
    }

    public List<String> hosts() {
        return List.copyOf(addresses.keySet());
    }

    /** What {@link GatehouseWithTargets} is told: host, address, port of HTTP and of HTTPS. */
    public String property() {
        return GatehouseWithTargets.PROPERTY
                + "="
                + addresses.entrySet().stream()
                        .map(target -> target.getKey() + "," + target.getValue())
                        .collect(Collectors.joining(";"));
    }

    @Override
    public void close() {
        servers.forEach(LoopbackServer::close);
    }

    /** What each target does with a request over TLS, and over plain HTTP alike. */
    static Map<String, Script> scripts() {
        Map<String, Script> targets = new LinkedHashMap<>();
        targets.put("script-tags.test", page("<script ".repeat(32_000)));
        targets.put("nested.test", page("<table><td>".repeat(24_000)));
        targets.put("unclosed.test", page("<b a=\"" + "x ".repeat(130_000)));
        targets.put("headers.test", HostileTargets::endlessHeaders);
        targets.put("header.test", HostileTargets::endlessHeader);
        targets.put("bytes.test", HostileTargets::byteByByte);
        targets.put("endless.test", HostileTargets::endlessByteByByte);
        targets.put("chunks.test", HostileTargets::endlessChunks);
        targets.put("interim.test", HostileTargets::endlessInterimAnswers);
        targets.put("bomb.test", HostileTargets::bomb);
        targets.put("redirects.test", HostileTargets::endlessRedirects);
        return targets;
    }

    private static Script page(String body) {
        return (_, out) ->
                write(
                        out,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body);
    }

    private static void endlessHeaders(Asked asked, OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < 100_000; i++) {
            write(out, "a:b\r\n c\r\n");
        }
        write(out, "\r\n");
    }

    private static void endlessHeader(Asked asked, OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nA: ");
        while (true) {
            write(out, "a".repeat(8192));
        }
    }

    private static void byteByByte(Asked asked, OutputStream out) throws IOException {
        String answer =
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n"
                        + "x".repeat(500);
        for (byte b : answer.getBytes(StandardCharsets.US_ASCII)) {
            out.write(b);
        }
    }

    private static void endlessByteByByte(Asked asked, OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        while (true) {
            out.write('<');
        }
    }

    private static void endlessChunks(Asked asked, OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (true) {
            write(out, "1\r\n<\r\n");
        }
    }

    private static void endlessInterimAnswers(Asked asked, OutputStream out) throws IOException {
        while (true) {
            write(out, "HTTP/1.1 103 Early Hints\r\n\r\n");
        }
    }

    private static void bomb(Asked asked, OutputStream out) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                gzip.write(zeros);
            }
        }
        write(
                out,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
                        + "Content-Length: "
                        + compressed.size()
                        + "\r\n\r\n");
        out.write(compressed.toByteArray());
    }

    private static void endlessRedirects(Asked asked, OutputStream out) throws IOException {
        write(
                out,
                "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
                        + asked.target()
                        + "a\r\n\r\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
