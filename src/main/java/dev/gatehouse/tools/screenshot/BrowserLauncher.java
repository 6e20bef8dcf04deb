package dev.gatehouse.tools.screenshot;

/** Opens browsers. */
interface BrowserLauncher {

    /** Begins to start one, in the thread that lives as long as the browser may. */
    Starting start() throws BrowserUnavailableException;

    /** A browser that starts. */
    @FunctionalInterface
    interface Starting {

        /** Waits until it answers, in any thread. */
        Browser await() throws BrowserUnavailableException, InterruptedException;
    }
}
