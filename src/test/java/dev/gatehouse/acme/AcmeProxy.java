package dev.gatehouse.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands before pebble, whose requests are signed and pass as they are. It speaks what Debian's
 * pebble does not (profiles in the directory, renewal information), notes what was sent, and lets a
 * test answer in pebble's place.
 */
final class AcmeProxy implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private volatile int pebblePort;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpsServer server;
    private volatile Interceptor interceptor = (_, forward) -> forward.get();
    private volatile boolean speaksMore;
    private volatile Supplier<Answer> renewalInfo = () -> Answer.problem(404, "malformed", "None");

    private AcmeProxy(Path folder, int pebblePort) throws IOException {
        this.folder = Files.createTempDirectory(folder, "proxy");
        this.pebblePort = pebblePort;
        this.server = listen(0);
    }

    static AcmeProxy before(Pebble pebble, Path folder) {
        try {
            return new AcmeProxy(folder, pebble.port());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** What a client sent; the payload is JSON null where there was none. */
    record Request(String method, String path, JsonNode payload) {

        /** The step of an order that it is. */
        String step() {
            String first = path.split("/", 3)[1];
            return switch (first) {
                case "dir" -> "directory";
                case "nonce-plz" -> "newNonce";
                case "sign-me-up" -> "newAccount";
                case "order-plz" -> "newOrder";
                case "authZ" -> "authorization";
                case "chalZ" -> "challenge";
                case "finalize-order" -> "finalize";
                case "my-order" -> "order";
                case "certZ" -> "certificate";
                default -> first;
            };
        }
    }

    /** What goes back, a character for each byte. */
    record Answer(int status, List<String> headers, String body) {

        static Answer problem(int status, String type, String detail, String... headers) {
            List<String> all = new ArrayList<>(List.of(headers));
            all.add("Content-Type: application/problem+json");
            return new Answer(
                    status,
                    all,
                    JSON.writeValueAsString(
                            Map.of(
                                    "type",
                                    "urn:ietf:params:acme:error:" + type,
                                    "detail",
                                    detail)));
        }

        static Answer json(String body, String... headers) {
            List<String> all = new ArrayList<>(List.of(headers));
            all.add("Content-Type: application/json");
            return new Answer(200, all, body);
        }
    }

    /** Answers a request, by pebble or in its place. */
    @FunctionalInterface
    interface Interceptor {

        Answer answer(Request request, Supplier<Answer> forward);
    }

    void intercept(Interceptor next) {
        interceptor = next;
    }

    /** Stands before another one from now on. */
    void pointTo(Pebble pebble) {
        pebblePort = pebble.port();
    }

    /** Offers profiles, and renewal information that the supplier gives. */
    void offerMore(Supplier<Answer> info) {
        speaksMore = true;
        renewalInfo = info;
    }

    List<Request> requests() {
        return requests;
    }

    /** Those of one step, in their order. */
    List<Request> requests(String step) {
        return requests.stream().filter(request -> request.step().equals(step)).toList();
    }

    String directory() {
        return "https://localhost:" + server.getAddress().getPort() + "/dir";
    }

    Path trustedCa() {
        return folder.resolve("tls.crt");
    }

    /** Takes the port away, as a server that is down. */
    void goDown() {
        server.stop(0);
    }

    /** Comes back on the same port, with a certificate of another authority. */
    void comeBack() throws IOException {
        server = listen(server.getAddress().getPort());
    }

    private HttpsServer listen(int port) throws IOException {
        TestCertificate certificate = TestCertificate.forNames("localhost");
        certificate.writeTo(folder);
        HttpsServer next =
                HttpsServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        next.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
        next.setExecutor(threads);
        next.createContext("/", this::handle);
        next.start();
        return next;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Request request =
                    new Request(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            payload(body));
            requests.add(request);
            Answer answer = interceptor.answer(request, () -> answer(exchange, request, body));
            for (String header : answer.headers()) {
                int colon = header.indexOf(':');
                exchange.getResponseHeaders()
                        .add(header.substring(0, colon), header.substring(colon + 1).strip());
            }
            byte[] content = answer.body().getBytes(StandardCharsets.ISO_8859_1);
            boolean isEmpty = request.method().equals("HEAD") || content.length == 0;
            exchange.sendResponseHeaders(answer.status(), isEmpty ? -1 : content.length);
            if (!isEmpty) {
                exchange.getResponseBody().write(content);
            }
        }
    }

    private static JsonNode payload(byte[] body) {
        if (body.length == 0) {
            return JSON.nullNode();
        }
        String payload = JSON.readTree(body).path("payload").asString("");
        return payload.isEmpty()
                ? JSON.nullNode()
                : JSON.readTree(Base64.getUrlDecoder().decode(payload));
    }

    private Answer answer(HttpExchange exchange, Request request, byte[] body) {
        if (request.step().equals("renewal-info")) {
            return renewalInfo.get();
        }
        Answer answer = forward(exchange, request, body);
        return speaksMore && request.step().equals("directory") ? withMore(answer) : answer;
    }

    private Answer withMore(Answer directory) {
        ObjectNode json = (ObjectNode) JSON.readTree(directory.body());
        json.put("renewalInfo", directory().replace("/dir", "/renewal-info"));
        ObjectNode profiles = ((ObjectNode) json.get("meta")).putObject("profiles");
        profiles.put("classic", "90 days");
        profiles.put("shortlived", "six days");
        return Answer.json(JSON.writeValueAsString(json));
    }

    /** By HTTP/1.0, which has no chunks, and under the host that the client signed. */
    private Answer forward(HttpExchange exchange, Request request, byte[] body) {
        String head =
                "%s %s HTTP/1.0\r\nHost: %s\r\nContent-Length: %d\r\n"
                        .formatted(
                                request.method(),
                                request.path(),
                                exchange.getRequestHeaders().getFirst("Host"),
                                body.length);
        for (String name : List.of("Content-Type", "Accept", "User-Agent")) {
            @Nullable String value = exchange.getRequestHeaders().getFirst(name);
            head += value == null ? "" : name + ": " + value + "\r\n";
        }
        RawHttp.Response response =
                RawHttp.tls(
                        pebblePort, head + "\r\n" + new String(body, StandardCharsets.ISO_8859_1));
        List<String> headers =
                response.headers().stream()
                        .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("content-length"))
                        .toList();
        return new Answer(response.status(), headers, response.body());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
