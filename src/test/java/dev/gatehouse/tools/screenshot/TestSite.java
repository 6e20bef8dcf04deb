package dev.gatehouse.tools.screenshot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web site on loopback, which remembers what was requested. */
final class TestSite implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    private record Page(int status, Map<String, String> fields, String body) {}

    TestSite(String address) throws IOException {
        server = HttpServer.create(new InetSocketAddress(address, 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        Page page =
                pages.getOrDefault(
                        exchange.getRequestURI().getPath(), new Page(404, Map.of(), "not found"));
        byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            page.fields().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(page.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://%s:%d%s"
                .formatted(server.getAddress().getAddress().getHostAddress(), port(), path);
    }

    /** Serves a page without margins at a path, and returns its URL. */
    String page(String path, String html) {
        return page(
                path,
                200,
                Map.of("Content-Type", "text/html; charset=utf-8"),
                "<!doctype html><title>Test</title><style>body{margin:0}</style>" + html);
    }

    String page(String path, int status, Map<String, String> fields, String body) {
        pages.put(path, new Page(status, fields, body));
        return url(path);
    }

    /** Method and path of each request. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    void forget() {
        requests.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
