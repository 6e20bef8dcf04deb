package dev.gatehouse.tools.screenshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command that starts a browser.
 *
 * @param executable of Chromium
 * @param sandbox whether Chromium isolates the processes that run a page's code
 * @param processMemory data segment in bytes that each of its processes may have (RLIMIT_DATA)
 */
record BrowserCommand(Path executable, boolean sandbox, long processMemory) {

    /** The headless shell first: it starts in half the time and needs a sixth of the processes. */
    private static final List<String> NAMES =
            List.of(
                    "chrome-headless-shell",
                    "chromium-headless-shell",
                    "headless-shell",
                    "chromium",
                    "chromium-browser",
                    "google-chrome-stable",
                    "google-chrome");

    private static final long LEAST_SHARED_MEMORY = 256L << 20;

    /**
     * Whatever a page asks for, it goes through the proxy; what Chromium asks for by itself is
     * turned off. No name is resolved by the browser.
     */
    private static final List<String> NETWORK =
            List.of(
                    "--proxy-bypass-list=<-loopback>",
                    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                    // the one is that of Chromium, the other that of the headless shell
                    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
                    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
                    "--disable-quic",
                    "--dns-prefetch-disable",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-component-extensions-with-background-pages",
                    "--disable-client-side-phishing-detection",
                    "--disable-domain-reliability",
                    "--disable-sync",
                    "--disable-default-apps",
                    "--disable-extensions",
                    "--no-pings",
                    "--metrics-recording-only",
                    "--disable-field-trial-config",
                    "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,"
                            + "InterestFeedContentSuggestions,CertificateTransparencyComponentUpdater,"
                            + "AutofillServerCommunication,DnsOverHttps,AsyncDns,WebBluetooth,"
                            + "NetworkPrediction,PaintHolding,"
                            // a page needs one process, and no other page follows in its context
                            + "SpareRendererForSitePerProcess");

    private static final List<String> BEHAVIOUR =
            List.of(
                    "--headless",
                    "--remote-debugging-pipe",
                    "--block-new-web-contents",
                    "--deny-permission-prompts",
                    "--disable-notifications",
                    "--disable-print-preview",
                    "--mute-audio",
                    "--hide-scrollbars",
                    "--force-color-profile=srgb",
                    "--no-first-run",
                    "--no-default-browser-check",
                    "--no-startup-window",
                    "--disable-breakpad",
                    "--disable-crash-reporter",
                    "--disable-gpu",
                    "--disable-hang-monitor",
                    "--disable-backgrounding-occluded-windows",
                    "--disable-renderer-backgrounding",
                    "--disable-background-timer-throttling",
                    "--password-store=basic",
                    "--use-mock-keychain",
                    "--renderer-process-limit=4",
                    "--js-flags=--max-old-space-size=256");

    /** Debian's scripts on the path start it as a child, which the death of the script spares. */
    private static final Path DEBIAN = Path.of("/usr/lib/chromium");

    /** The first Chromium on the path. */
    static Optional<Path> find(String path) {
        return NAMES.stream()
                .flatMap(name -> Stream.of(path.split(":")).map(dir -> Path.of(dir, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(BrowserCommand::withoutScript);
    }

    private static Path withoutScript(Path found) {
        Path binary = DEBIAN.resolve(found.getFileName());
        return found.startsWith("/usr/bin") && Files.isExecutable(binary) ? binary : found;
    }

    /** The whole command line. Where there is setpriv, the browser dies with the server. */
    List<String> line(Path profile, String proxy) {
        List<String> line = new ArrayList<>();
        // The browser speaks over the descriptors 3 and 4, which are the pipes that Java opens as
        // standard input and output. A core dump would hold what a page contained.
        String script =
                "ulimit -c 0; ulimit -d %d; exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null"
                        .formatted(processMemory >> 10);
        line.addAll(List.of("/bin/sh", "-c", script, "browser"));
        Path setpriv = Path.of("/usr/bin/setpriv");
        if (Files.isExecutable(setpriv)) {
            line.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL"));
        }
        line.add(executable.toString());
        line.addAll(BEHAVIOUR);
        line.addAll(NETWORK);
        line.add("--proxy-server=" + proxy);
        line.add("--user-data-dir=" + profile);
        if (!sandbox) {
            line.add("--no-sandbox");
        }
        if (isSharedMemorySmall()) {
            line.add("--disable-dev-shm-usage"); // a container's 64 MB, which Chromium exhausts
        }
        return line;
    }

    private static boolean isSharedMemorySmall() {
        try {
            return Files.getFileStore(Path.of("/dev/shm")).getTotalSpace() < LEAST_SHARED_MEMORY;
        } catch (IOException _) {
            return true;
        }
    }
}
