package dev.gatehouse.tools.screenshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A running browser, with the proxy that is its only way to the network. */
final class Browser implements AutoCloseable {

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final DevToolsConnection connection;
    private final @Nullable BrowserProcess process;
    private final FilteringProxy proxy;
    private final String version;
    private int pages;
    private volatile boolean broken;
    private volatile boolean outOfMemory;

    private Browser(
            DevToolsConnection connection,
            @Nullable BrowserProcess process,
            FilteringProxy proxy,
            String version) {
        this.connection = connection;
        this.process = process;
        this.proxy = proxy;
        this.version = version;
    }

    /**
     * Waits until the browser answers.
     *
     * @param process where it is one of this machine; it is closed with the browser
     */
    static Browser connect(
            DevToolsTransport transport, @Nullable BrowserProcess process, FilteringProxy proxy)
            throws DevToolsException, InterruptedException {
        DevToolsConnection connection = new DevToolsConnection(transport);
        try {
            JsonNode version =
                    connection.call(
                            "", "Browser.getVersion", Map.of(), System.nanoTime() + START_NANOS);
            connection.call(
                    "",
                    "Target.setAutoAttach",
                    Map.of(
                            "autoAttach", true,
                            "waitForDebuggerOnStart", true,
                            "flatten", true,
                            "filter", List.of(Map.of("type", "service_worker"))),
                    System.nanoTime() + START_NANOS);
            return new Browser(
                    connection,
                    process,
                    proxy,
                    version.path("product").asString("").replaceFirst("^[^/]*/", ""));
        } catch (DevToolsException | InterruptedException ex) {
            connection.close();
            throw ex;
        }
    }

    DevToolsConnection connection() {
        return connection;
    }

    /** The parameters of a browser context, whose requests all go through the proxy. */
    Map<String, Object> contextParams() {
        Map<String, Object> params = new HashMap<>();
        params.put("disposeOnDetach", true);
        params.put("proxyServer", proxy.url());
        params.put("proxyBypassList", "<-loopback>");
        return params;
    }

    String proxyPassword() {
        return proxy.password();
    }

    /** What the proxy refused to this page. */
    List<String> refusals() {
        return proxy.refusals();
    }

    /** What Chrome sends, without saying that it is headless, and who asks. */
    String userAgent(boolean mobile) {
        String major = version.split("\\.", 2)[0];
        return mobile
                ? "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%s.0.0.0 Mobile Safari/537.36 gatehouse-screenshot/1"
                        .formatted(major)
                : "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%s.0.0.0 Safari/537.36 gatehouse-screenshot/1"
                        .formatted(major);
    }

    void beginPage() {
        pages++;
        proxy.reset();
    }

    void endPage() {
        proxy.reset();
    }

    /** Pages that it has shown. */
    int pages() {
        return pages;
    }

    /** Memory of its processes in bytes; 0 where it runs elsewhere. */
    long memory() {
        return process == null ? 0 : process.memory();
    }

    /** Its process, or -1 where it runs elsewhere. */
    long pid() {
        return process == null ? -1 : process.pid();
    }

    void markBroken() {
        broken = true;
    }

    boolean isUsable() {
        return !broken && !connection.isClosed() && (process == null || process.isAlive());
    }

    boolean isOutOfMemory() {
        return outOfMemory;
    }

    /** Ends it at once; who waits for an answer of it gets an exception. */
    void kill(boolean forMemory) {
        outOfMemory |= forMemory;
        broken = true;
        if (process != null) {
            process.kill();
        }
        connection.close();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        connection.close();
        proxy.close();
    }
}
