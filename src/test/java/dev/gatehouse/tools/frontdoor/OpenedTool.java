package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.tools.job.JobLimits;
import dev.gatehouse.tools.job.Jobs;
import dev.gatehouse.tools.outbound.OpenedOutreach;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The tool with the guard opened to one site of the zoo, and one that never answers. No {@code
 * Configuration}: the application would find it by itself, and open the guard in every test.
 */
public class OpenedTool {

    private static final String ADDRESS = "127.0.0.51";
    private static final String SILENT = "127.0.0.52";

    @Bean(destroyMethod = "close")
    Zoo zoo() {
        ZooSite site = ZooSite.good();
        CountDownLatch closing = new CountDownLatch(1);
        return new Zoo(
                site,
                LoopbackDoor.plain(ADDRESS, site.plain()),
                LoopbackDoor.tls(ADDRESS, site.certificate(), site.tls()),
                LoopbackDoor.plain(SILENT, _ -> silence(closing)),
                closing);
    }

    private static String silence(CountDownLatch closing) {
        try {
            closing.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    @Bean
    @Primary
    Checks openedChecks(Zoo zoo, FrontDoorProperties properties) {
        Map<String, Integer> doors =
                Map.of(
                        ADDRESS + ":80", zoo.http().port(),
                        ADDRESS + ":443", zoo.https().port(),
                        SILENT + ":80", zoo.silent().port(),
                        SILENT + ":443", zoo.silent().port());
        Map<String, List<String>> names =
                Map.of(ZooSite.HOST, List.of(ADDRESS), "silent.test", List.of(SILENT));
        JobLimits limits = new JobLimits(2, 2, properties.deadline(), Duration.ofMinutes(1), 100);
        return new Checks(
                OpenedOutreach.to(names, doors, List.of(zoo.site().certificate().certificate())),
                properties,
                new Jobs(limits, Clock.systemUTC()),
                Clock.systemUTC());
    }

    record Zoo(
            ZooSite site,
            LoopbackDoor http,
            LoopbackDoor https,
            LoopbackDoor silent,
            CountDownLatch closing)
            implements AutoCloseable {

        @Override
        public void close() {
            closing.countDown();
            http.close();
            https.close();
            silent.close();
        }
    }
}
