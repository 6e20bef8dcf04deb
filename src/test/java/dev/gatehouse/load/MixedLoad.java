package dev.gatehouse.load;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.tools.frontdoor.GatehouseWithTargets;
import dev.gatehouse.tools.frontdoor.HostileTargets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Three loads side by side on a server in the default memory of the chart: clients with wrong
 * passwords, checks of hostile targets, and watchers of the status page; and probes of /ping and
 * liveness on both connectors, each on a new connection.
 *
 * @param time how long it takes
 * @param passwords clients with wrong passwords, each with an address of its own
 * @param watchers open streams of /status/events
 */
record MixedLoad(Duration time, int passwords, int watchers) {

    private static final String MEMORY = "384m";
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final long BETWEEN_LOGINS_NANOS = 200_000_000;
    private static final long BETWEEN_PROBES_NANOS = 50_000_000;

    /** "correct-horse", as bcrypt of the usual strength has it: 0.1 s of CPU for a comparison. */
    private static final String PASSWORD_HASH =
            "{bcrypt}$2a$10$eyDD23OdMivA4dUiCp8slOKDsVneHVHWXytD8OmeSEdF6YKgK3Tk6";

    private static final String LOGIN =
            RawHttp.request(
                    "GET /actuator/info HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Basic "
                            + Base64.getEncoder()
                                    .encodeToString(
                                            "operator:wrong".getBytes(StandardCharsets.UTF_8)));

    /**
     * What came of it.
     *
     * @param slowest of each probe, the slowest answer
     * @param probes how many probes were sent
     * @param unanswered probes that were not answered with 200 within 10 s
     * @param logins answers to wrong passwords, by status
     * @param checks answers to submitted checks, by status
     * @param watching the fewest streams that were open at the end
     */
    record Outcome(
            Map<String, Duration> slowest,
            int probes,
            Map<String, Integer> unanswered,
            Map<Integer, Integer> logins,
            Map<Integer, Integer> checks,
            int watching,
            long busy,
            long dead) {}

    Outcome run(Path folder) throws IOException {
        try (HostileTargets targets = HostileTargets.open();
                GatehouseProcess gatehouse =
                        GatehouseProcess.startAsInContainer(
                                folder,
                                MEMORY,
                                GatehouseWithTargets.class,
                                targets.property(),
                                "spring.security.user.name=operator",
                                "spring.security.user.password=" + PASSWORD_HASH)) {
            return new Run(gatehouse, targets).run();
        }
    }

    private final class Run {

        private final GatehouseProcess gatehouse;
        private final HostileTargets targets;
        private final int https;
        private final long end;
        private final Map<Integer, Integer> logins = new ConcurrentHashMap<>();
        private final Map<Integer, Integer> checks = new ConcurrentHashMap<>();
        private final AtomicInteger watching = new AtomicInteger();
        private final Map<String, Duration> slowest = new TreeMap<>();
        private final Map<String, Integer> unanswered = new TreeMap<>();
        private int probes;

        Run(GatehouseProcess gatehouse, HostileTargets targets) {
            this.gatehouse = gatehouse;
            this.targets = targets;
            this.https = gatehouse.port(ConnectorName.HTTPS);
            this.end = System.nanoTime() + time.toNanos();
        }

        Outcome run() {
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < passwords; i++) {
                    String address = "127.1.%d.%d".formatted(i / 250, i % 250 + 1);
                    clients.execute(() -> repeat(() -> logIn(address)));
                }
                for (int i = 0; i < watchers; i++) {
                    clients.execute(() -> repeat(this::watch));
                }
                clients.execute(() -> repeat(this::check));
                probe();
            }
            return new Outcome(
                    slowest,
                    probes,
                    unanswered,
                    new TreeMap<>(logins),
                    new TreeMap<>(checks),
                    watching.get(),
                    UnderLoad.count(gatehouse, "connector is BUSY"),
                    UnderLoad.count(gatehouse, "connector is DEAD"));
        }

        private boolean isOver() {
            return System.nanoTime() > end;
        }

        private void repeat(Client client) {
            while (!isOver()) {
                try {
                    client.run();
                } catch (IOException | RuntimeException _) {
                    LockSupport.parkNanos(BETWEEN_LOGINS_NANOS); // and once more
                }
            }
        }

        private Socket connect(String address) throws IOException {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), https), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return RawHttp.trustingAll().createSocket(socket, "localhost", https, true);
        }

        private void logIn(String address) throws IOException {
            try (Socket socket = connect(address)) {
                Response answer;
                do {
                    answer = RawHttp.exchange(socket, LOGIN);
                    logins.merge(answer.status(), 1, Integer::sum);
                    LockSupport.parkNanos(BETWEEN_LOGINS_NANOS);
                } while (!isOver() && answer.status() != 503); // which ends the connection
            }
        }

        private void watch() throws IOException {
            try (Socket socket = connect("127.0.0.1")) {
                socket.getOutputStream()
                        .write(
                                RawHttp.request("GET /status/events HTTP/1.1", "Host: localhost")
                                        .getBytes(StandardCharsets.US_ASCII));
                watching.incrementAndGet();
                socket.setSoTimeout(1_000);
                byte[] read = new byte[8192];
                while (!isOver()) {
                    try {
                        if (socket.getInputStream().read(read) < 0) {
                            watching.decrementAndGet();
                            return;
                        }
                    } catch (SocketTimeoutException _) {
                        // nothing has changed
                    }
                }
            }
        }

        private void check() throws IOException {
            for (String host : targets.hosts()) {
                String body = "{\"host\":\"" + host + "\"}";
                Response answer =
                        RawHttp.tls(
                                https,
                                RawHttp.request(
                                                "POST /api/v1/front-door/checks HTTP/1.1",
                                                "Host: localhost",
                                                "Content-Type: application/json",
                                                "Connection: close",
                                                "Content-Length: " + body.length())
                                        + body);
                checks.merge(answer.status(), 1, Integer::sum);
            }
            LockSupport.parkNanos(10 * BETWEEN_LOGINS_NANOS);
        }

        private void probe() {
            while (!isOver()) {
                for (ConnectorName connector : ConnectorName.values()) {
                    for (String path : new String[] {"/ping", "/actuator/health/liveness"}) {
                        probe(connector, path);
                    }
                }
                LockSupport.parkNanos(BETWEEN_PROBES_NANOS);
            }
        }

        private void probe(ConnectorName connector, String path) {
            String name = connector + " " + path;
            String request =
                    RawHttp.request(
                            "GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close");
            int port = gatehouse.port(connector);
            long start = System.nanoTime();
            int status;
            try {
                status =
                        (connector == ConnectorName.HTTP
                                        ? RawHttp.plain(port, request)
                                        : RawHttp.tls(port, request))
                                .status();
            } catch (RuntimeException _) {
                status = 0;
            }
            probes++;
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            slowest.merge(name, took, (a, b) -> a.compareTo(b) > 0 ? a : b);
            if (status != 200) {
                unanswered.merge(name + " " + status, 1, Integer::sum);
            }
        }
    }

    @FunctionalInterface
    private interface Client {

        void run() throws IOException;
    }
}
