package dev.gatehouse.tools.screenshot;

import dev.gatehouse.connector.IpAddressFormat;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens browser contexts in a headless shell elsewhere, by its DevTools port. The proxy listens on
 * an address of this machine for it, and asks for a credential.
 */
final class RemoteBrowserLauncher implements BrowserLauncher {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI url;
    private final String proxyAddress;
    private final int firstPort;
    private final int ports;
    private final ConnectionOpener connector;
    private final long pageBytes;

    /**
     * A launcher.
     *
     * @param proxyAddress an address of this machine, or empty for that which leads to the browser
     * @param firstPort of the proxies
     * @param ports number of proxies
     */
    RemoteBrowserLauncher(
            URI url,
            String proxyAddress,
            int firstPort,
            int ports,
            ConnectionOpener connector,
            long pageBytes) {
        this.url = url;
        this.proxyAddress = proxyAddress;
        this.firstPort = firstPort;
        this.ports = ports;
        this.connector = connector;
        this.pageBytes = pageBytes;
    }

    @Override
    public Starting start() {
        return this::connect;
    }

    private Browser connect() throws BrowserUnavailableException, InterruptedException {
        @Nullable FilteringProxy proxy = null;
        try {
            InetAddress remote = InetAddress.getByName(url.getHost());
            proxy = proxy(remote);
            HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
            URI socket = url.getScheme().startsWith("ws") ? url : socket(client, remote);
            return Browser.connect(new WebSocketTransport(client, socket, TIMEOUT), null, proxy);
        } catch (IOException | DevToolsException | IllegalArgumentException ex) {
            close(proxy);
            throw new BrowserUnavailableException(
                    "The remote browser at %s:%d does not answer: %s"
                            .formatted(url.getHost(), url.getPort(), ex.getMessage()),
                    "Check gatehouse.screenshot.remote-url, and that the browser runs and may be"
                            + " reached.");
        } catch (InterruptedException ex) {
            close(proxy);
            throw ex;
        }
    }

    private static void close(@Nullable FilteringProxy proxy) {
        if (proxy != null) {
            proxy.close();
        }
    }

    private FilteringProxy proxy(InetAddress remote) throws IOException {
        String address = proxyAddress.isEmpty() ? localAddress(remote) : proxyAddress;
        for (int port = firstPort; port < firstPort + ports; port++) {
            try {
                return FilteringProxy.on(address, port, connector, pageBytes);
            } catch (BindException _) {
                // of another browser
            }
        }
        throw new BindException("the ports of the proxy are in use");
    }

    /** The address that this machine has towards the browser. */
    private String localAddress(InetAddress remote) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(remote, port()), (int) TIMEOUT.toMillis());
            return IpAddressFormat.format(socket.getLocalAddress());
        }
    }

    private int port() {
        return url.getPort() < 0 ? 9222 : url.getPort();
    }

    /** Chrome answers only where the Host field is an address: the name is resolved here. */
    private URI socket(HttpClient client, InetAddress remote)
            throws IOException, InterruptedException {
        String text = IpAddressFormat.format(remote);
        String host = text.contains(":") ? "[" + text + "]" : text;
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://%s:%d/json/version".formatted(host, port())))
                        .timeout(TIMEOUT)
                        .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        try {
            URI socket =
                    URI.create(
                            JsonMapper.shared()
                                    .readTree(response.body())
                                    .path("webSocketDebuggerUrl")
                                    .asString(""));
            return URI.create("ws://%s:%d%s".formatted(host, port(), socket.getPath()));
        } catch (JacksonException ex) {
            throw new IOException("no DevTools port", ex);
        }
    }
}
