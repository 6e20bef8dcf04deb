import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The other side of .ci/rebinding: a public site that lets its name lead to an internal address as
 * soon as it has been visited, and an internal server that must never be visited.
 *
 * <p>Arguments: the public address, the internal one, the name, and the name server's management
 * URL. Counts are served on port 8099 of the internal address.
 */
public class Rebinding {

    private static final AtomicInteger VISITS = new AtomicInteger();
    private static final AtomicInteger INTERNAL = new AtomicInteger();

    public static void main(String[] args) throws IOException {
        String name = args[2];
        serve(
                args[0],
                80,
                exchange -> {
                    VISITS.incrementAndGet();
                    lead(args[3], name, args[1]);
                    exchange.getResponseHeaders().set("Location", "http://" + name + "/internal");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        for (int port : new int[] {80, 443}) {
            serve(
                    args[1],
                    port,
                    exchange -> {
                        INTERNAL.incrementAndGet();
                        exchange.sendResponseHeaders(200, -1);
                        exchange.close();
                    });
        }
        serve(
                args[1],
                8099,
                exchange -> {
                    byte[] counts = (VISITS + " " + INTERNAL).getBytes();
                    exchange.sendResponseHeaders(200, counts.length);
                    exchange.getResponseBody().write(counts);
                    exchange.close();
                });
    }

    private interface Handler {
        void handle(com.sun.net.httpserver.HttpExchange exchange) throws IOException;
    }

    private static void serve(String address, int port, Handler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 50);
        server.createContext("/", handler::handle);
        server.start();
    }

    /** Changes the A record of the name. */
    private static synchronized void lead(String management, String name, String address) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            post(client, management + "/clear-a", "{\"host\":\"%s.\"}".formatted(name));
            post(
                    client,
                    management + "/add-a",
                    "{\"host\":\"%s.\",\"addresses\":[\"%s\"]}".formatted(name, address));
        } catch (IOException | InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void post(HttpClient client, String uri, String json)
            throws IOException, InterruptedException {
        client.send(
                HttpRequest.newBuilder(URI.create(uri))
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }
}
