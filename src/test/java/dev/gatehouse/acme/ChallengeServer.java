package dev.gatehouse.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Answers challenges from a storage's webroot, as the plain connector does, until told not to. */
final class ChallengeServer implements AutoCloseable {

    private final HttpServer server;
    private volatile Path webroot = Path.of("/nonexistent");

    ChallengeServer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::handle);
            server.start();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    void serve(AcmeStorage storage) {
        webroot = storage.webroot();
    }

    void refuse() {
        webroot = Path.of("/nonexistent");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path file = webroot.resolve(exchange.getRequestURI().getPath().substring(1));
            if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] content = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
