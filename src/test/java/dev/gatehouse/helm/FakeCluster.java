package dev.gatehouse.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The part of an API server that Helm's {@code lookup} asks: Secrets by name. */
final class FakeCluster {

    /** One for all tests: Helm's library takes its address from one file, named by the pom. */
    static final FakeCluster INSTANCE = new FakeCluster();

    private static final String SECRETS = "/api/v1/namespaces/edge/secrets/";
    private static final String RESOURCES =
            """
            {"kind": "APIResourceList", "groupVersion": "v1", "resources": [
              {"name": "secrets", "namespaced": true, "kind": "Secret", "verbs": ["get", "list"]}]}
            """;
    private static final String NOT_FOUND =
            """
            {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound",
             "code": 404}
            """;

    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    private FakeCluster() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
            writeKubeconfig(server.getAddress().getPort());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void writeKubeconfig(int port) throws IOException {
        String kubeconfig = System.getenv("KUBECONFIG");
        if (kubeconfig == null) {
            throw new IllegalStateException("Set KUBECONFIG as the pom does for Surefire");
        }
        Files.writeString(
                Path.of(kubeconfig),
                """
                {"apiVersion": "v1", "kind": "Config", "current-context": "fake",
                 "clusters": [{"name": "fake", "cluster": {"server": "http://127.0.0.1:%d"}}],
                 "contexts": [{"name": "fake", "context": {"cluster": "fake"}}]}
                """
                        .formatted(port));
    }

    /** Puts a Secret there for as long as the answer is not closed. */
    AutoCloseable withSecret(String name, Map<String, String> data) {
        String fields =
                data.entrySet().stream()
                        .map(entry -> "\"%s\": \"%s\"".formatted(entry.getKey(), entry.getValue()))
                        .reduce((a, b) -> a + ", " + b)
                        .orElse("");
        secrets.put(
                name,
                """
                {"kind": "Secret", "apiVersion": "v1",
                 "metadata": {"name": "%s", "namespace": "edge"}, "data": {%s}}
                """
                        .formatted(name, fields));
        return () -> secrets.remove(name);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = path.equals("/api/v1") ? RESOURCES : secret(path);
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(body.equals(NOT_FOUND) ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String secret(String path) {
        return path.startsWith(SECRETS)
                ? secrets.getOrDefault(path.substring(SECRETS.length()), NOT_FOUND)
                : NOT_FOUND;
    }
}
