package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Crowds that are slow or do nothing, and what a probe of either connector meets meanwhile. */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "gatehouse-test.load", matches = "true")
class ManyConnectionsTests {

    private static final Logger logger = LoggerFactory.getLogger(ManyConnectionsTests.class);

    /** 100 ms is what an idle machine must keep; this one may do something else too. */
    private static final Duration MOST =
            Duration.ofMillis(Integer.getInteger("gatehouse-test.load.p99-millis", 1000));

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(20);
    private static final int PROBES = 300;
    private static final long MOST_MEGABYTES = 150;

    @TempDir private static Path folder;

    private static GatehouseProcess gatehouse;

    @BeforeAll
    static void start() throws IOException {
        Path site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(site.resolve("index.html"), "<!doctype html><title>Large</title>");
        Files.write(site.resolve("large.bin"), new byte[8 << 20]);
        gatehouse = GatehouseProcess.start(folder, "gatehouse.site.root=" + site.toUri());
        warm(gatehouse);
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    /** In a process of its own, which has not grown for others' sake before. */
    @Test
    void answersProbesSoonWhenTwoThousandOverTlsAreIdle() throws Exception {
        Descriptors.assumeAtLeast(8000); // three each
        try (GatehouseProcess fresh = GatehouseProcess.start(folder);
                Nuisances nuisances = new Nuisances()) {
            warm(fresh);
            long before = residentMegabytes(fresh);
            nuisances.idleTls(fresh.port(ConnectorName.HTTPS), 2000);
            await().atMost(Duration.ofMinutes(1)).until(() -> nuisances.idle() == 2000);

            assertProbesSoon("2,000 idle TLS connections", fresh);
            long more = residentMegabytes(fresh) - before;
            logger.info("2,000 idle TLS connections: {} MB, {} MB more", before + more, more);
            assertThat(more).isLessThan(MOST_MEGABYTES);
            assertThat(nuisances.idle()).isEqualTo(2000);
        }
    }

    @Test
    void answersProbesSoonWhenTwoHundredPostSlowlyToTheRedirect() throws Exception {
        try (Nuisances nuisances = new Nuisances()) {
            nuisances.slowPosts(gatehouse.port(ConnectorName.HTTP), 200);
            await().until(() -> nuisances.posted() >= 200);

            assertProbesSoon("200 slow POSTs", gatehouse);
        }
    }

    @Test
    void answersProbesSoonWhenTwoHundredReadSlowly() throws Exception {
        try (SlowReaders readers = new SlowReaders()) {
            for (ConnectorName name : ConnectorName.values()) {
                readers.come(name, gatehouse.port(name), "/large.bin", 100);
            }
            await().until(() -> readers.reading() == 200);

            assertProbesSoon("200 slow reads", gatehouse);
            assertThat(readers.reading()).isEqualTo(200);
        }
    }

    /** More than the limit of 8192: the others wait until the first are cut off. */
    @Test
    void shedsTheIdleWithinConnectionTimeoutWhenNineThousandCome() throws Exception {
        Descriptors.assumeAtLeast(10_000);
        int logged = gatehouse.log().length();
        try (IdleCrowd crowd = new IdleCrowd()) {
            long start = System.nanoTime();
            int port = gatehouse.port(ConnectorName.HTTP);
            crowd.comeAsAccepted(port, 8000);
            crowd.come(port, 1000);
            await().atMost(CONNECTION_TIMEOUT).until(() -> crowd.came() > 8192);
            assertThat(crowd.shed()).isZero();

            await().atMost(CONNECTION_TIMEOUT.multipliedBy(2)).until(() -> crowd.shed() >= 8192);
            Duration shed = Duration.ofNanos(System.nanoTime() - start);
            logger.info("9,000 idle: the first 8,192 shed after {} ms", shed.toMillis());
            assertProbesSoon("after 9,000 idle", gatehouse);
            assertThat(gatehouse.log().substring(logged))
                    .contains("The HTTP connector is BUSY")
                    .doesNotContain("is DEAD", "Restarted");
        }
    }

    private static void warm(GatehouseProcess asked) {
        for (ConnectorName name : ConnectorName.values()) {
            PingTimes.of(asked, name, PROBES);
        }
    }

    private static void assertProbesSoon(String what, GatehouseProcess asked) {
        for (ConnectorName name : ConnectorName.values()) {
            PingTimes times = PingTimes.of(asked, name, PROBES);
            logger.info("{}: /ping over {}", what, times);
            assertThat(times.p99()).as(times.toString()).isLessThan(MOST);
        }
        assertThat(asked.log()).doesNotContain("is DEAD");
    }

    private static long residentMegabytes(GatehouseProcess asked) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + asked.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
