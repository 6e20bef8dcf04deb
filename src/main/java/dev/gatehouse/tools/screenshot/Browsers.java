package dev.gatehouse.tools.screenshot;

import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.OutboundClient;
import dev.gatehouse.tools.outbound.Target;
import dev.gatehouse.tools.outbound.TargetRefusal;
import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which browser takes the screenshots, or why there is none; and their pool, made when first used.
 */
final class Browsers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Browsers.class);

    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /**
     * RLIMIT_DATA of one process: a last limit beside the memory of all of them, which is watched.
     */
    private static final int PROCESS_FACTOR = 4;

    private final ScreenshotProperties properties;
    private final Supplier<OutboundClient> outbound;
    private final String path;
    private final AtomicReference<@Nullable Failure> lastFailure = new AtomicReference<>();
    private @Nullable BrowserPool pool;

    /**
     * The browsers.
     *
     * @param path directories in which a browser is looked for, separated by colons
     */
    Browsers(ScreenshotProperties properties, Supplier<OutboundClient> outbound, String path) {
        this.properties = properties;
        this.outbound = outbound;
        this.path = path;
        if (!properties.sandbox()) {
            log.warn(
                    "Chromium runs without its sandbox: a flaw of it opens this machine to any page"
                            + " that is visited (gatehouse.screenshot.sandbox = false)");
        }
    }

    /** Why there is no screenshot, and what to do about it. */
    record Problem(String text, String remedy) {}

    /** A browser that did not start; it is tried again after a while. */
    private record Failure(Problem problem, long nanos) {

        boolean isRecent() {
            return System.nanoTime() - nanos < RETRY.toNanos();
        }
    }

    /** Where the browser is, or empty where there is none. */
    Optional<String> browser() {
        if (properties.remoteUrl() != null) {
            return Optional.of(
                    properties.remoteUrl().getHost() + ":" + properties.remoteUrl().getPort());
        }
        return executable().map(Path::toString);
    }

    private Optional<Path> executable() {
        return properties.browser().isEmpty()
                ? BrowserCommand.find(path)
                : Optional.of(Path.of(properties.browser())).filter(Files::isExecutable);
    }

    /** Why no screenshot can be taken, as far as it is known. */
    Optional<Problem> problem() {
        Failure failure = lastFailure.get();
        if (failure != null && failure.isRecent()) {
            return Optional.of(failure.problem());
        }
        if (browser().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                properties.browser().isEmpty()
                        ? new Problem(
                                "There is no browser on this server.",
                                "Install chromium-headless-shell or chromium, or set"
                                        + " gatehouse.screenshot.browser or"
                                        + " gatehouse.screenshot.remote-url.")
                        : new Problem(
                                "The browser of gatehouse.screenshot.browser is not there.",
                                "Set it to an executable file."));
    }

    /** Does work with a browser. */
    <T> T use(Duration longest, Duration wait, BrowserPool.Work<T> work)
            throws BrowserPool.BusyException, BrowserUnavailableException, InterruptedException {
        try {
            T result = pool().use(longest, wait, work);
            lastFailure.set(null);
            return result;
        } catch (BrowserUnavailableException ex) {
            Problem problem = new Problem(String.valueOf(ex.getMessage()), ex.remedy());
            Failure before = lastFailure.getAndSet(new Failure(problem, System.nanoTime()));
            if (before == null || !before.problem().equals(problem)) {
                log.warn("{} {}", problem.text(), problem.remedy());
            }
            throw ex;
        }
    }

    private synchronized BrowserPool pool() throws BrowserUnavailableException {
        if (pool == null) {
            pool = new BrowserPool(launcher(), properties.browserLimits());
        }
        return pool;
    }

    private BrowserLauncher launcher() throws BrowserUnavailableException {
        ConnectionOpener connector = guardedBy(outbound.get());
        long pageBytes = properties.pageSize().toBytes();
        if (properties.remoteUrl() != null) {
            return new RemoteBrowserLauncher(
                    properties.remoteUrl(),
                    properties.proxyAddress(),
                    properties.proxyPort(),
                    properties.atOnce(),
                    connector,
                    pageBytes);
        }
        Path executable =
                executable()
                        .orElseThrow(
                                () -> {
                                    Problem none = problem().orElseThrow();
                                    return new BrowserUnavailableException(
                                            none.text(), none.remedy());
                                });
        return new LocalBrowserLauncher(
                new BrowserCommand(
                        executable,
                        properties.sandbox(),
                        PROCESS_FACTOR * properties.memory().toBytes()),
                connector,
                pageBytes);
    }

    @Override
    public synchronized void close() {
        if (pool != null) {
            pool.close();
        }
    }

    /** Connects where the outbound guard allows it. */
    static ConnectionOpener guardedBy(OutboundClient outbound) {
        return (host, port) -> {
            HttpUrl.Resolved url = HttpUrl.parse("http://%s:%d/".formatted(host, port));
            if (!(url instanceof HttpUrl.Http(var target))) {
                throw new ConnectionOpener.RefusedException(TargetRefusal.HOST_FORM.code());
            }
            return switch (outbound.targets().of(target)) {
                case Target.Refused(var refusal) ->
                        throw new ConnectionOpener.RefusedException(refusal.code());
                case Target.Accepted(var accepted) ->
                        connect(outbound, accepted.host(), accepted.port());
            };
        };
    }

    private static Socket connect(OutboundClient outbound, String host, int port)
            throws IOException {
        try {
            return outbound.connector().connect(host, port, CONNECT);
        } catch (UnknownHostException _) {
            throw new ConnectionOpener.RefusedException(TargetRefusal.NO_PUBLIC_ADDRESS.code());
        }
    }
}
