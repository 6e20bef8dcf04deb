package dev.gatehouse.tools.screenshot;

import java.io.IOException;

/** Starts browsers on this machine. */
final class LocalBrowserLauncher implements BrowserLauncher {

    private final BrowserCommand command;
    private final ConnectionOpener connector;
    private final long pageBytes;

    /**
     * A launcher.
     *
     * @param pageBytes bytes that a page may load
     */
    LocalBrowserLauncher(BrowserCommand command, ConnectionOpener connector, long pageBytes) {
        this.command = command;
        this.connector = connector;
        this.pageBytes = pageBytes;
    }

    @Override
    public Starting start() throws BrowserUnavailableException {
        try {
            FilteringProxy proxy = FilteringProxy.onLoopback(connector, pageBytes);
            try {
                BrowserProcess process = BrowserProcess.start(command, proxy.url());
                return () -> await(process, proxy);
            } catch (IOException ex) {
                proxy.close();
                throw ex;
            }
        } catch (IOException ex) {
            throw new BrowserUnavailableException(
                    "The browser %s does not start: %s"
                            .formatted(command.executable(), ex.getMessage()),
                    "Check that gatehouse.screenshot.browser is Chromium, and that the server may"
                            + " execute it.");
        }
    }

    private Browser await(BrowserProcess process, FilteringProxy proxy)
            throws BrowserUnavailableException, InterruptedException {
        try {
            return Browser.connect(process.transport(), process, proxy);
        } catch (DevToolsException _) {
            process.close();
            proxy.close();
            throw unavailable(process.messages());
        } catch (InterruptedException ex) {
            process.close();
            proxy.close();
            throw ex;
        }
    }

    private BrowserUnavailableException unavailable(String messages) {
        if (messages.contains("without --no-sandbox") || messages.contains("sandbox")) {
            return new BrowserUnavailableException(
                    "The browser %s does not start with its sandbox."
                            .formatted(command.executable()),
                    "Run the server as a user other than root, allow unprivileged user"
                            + " namespaces, or set gatehouse.screenshot.sandbox to false.");
        }
        return new BrowserUnavailableException(
                "The browser %s ended when it started.".formatted(command.executable()),
                "Start it by hand with --headless to see why.");
    }
}
