package dev.gatehouse.tools.screenshot;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;

/** A server in a process of its own, to be killed: it prints the process of its browser. */
final class PoolProcess {

    private PoolProcess() {}

    /** Takes the path of the browser. */
    public static void main(String[] arguments) throws Exception {
        BrowserPool pool = TestBrowser.pool(Path.of(arguments[0]), Socket::new, 1);
        pool.use(
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                browser -> {
                    System.out.println(browser.pid());
                    Thread.currentThread().join();
                    return "";
                });
    }
}
