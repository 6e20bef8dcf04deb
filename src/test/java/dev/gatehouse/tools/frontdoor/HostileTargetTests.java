package dev.gatehouse.tools.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.tools.frontdoor.LoopbackServer.Script;
import dev.gatehouse.tools.job.Job;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobState;
import dev.gatehouse.tools.job.JobStore;
import dev.gatehouse.tools.job.JobTools;
import dev.gatehouse.tools.job.MemoryJobStore;
import dev.gatehouse.tools.job.NewJob;
import dev.gatehouse.tools.job.RowQuery;
import dev.gatehouse.tools.job.Submission;
import dev.gatehouse.tools.job.ToolRegistration;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import dev.gatehouse.tools.outbound.RawResponse;
import dev.gatehouse.tools.outbound.Scheme;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/**
 * Targets that try to use up the processor, the memory or the time of this machine. Each check ends
 * in a clear result, all of them side by side, and costs little processor time.
 */
class HostileTargetTests {

    private static final Duration DEADLINE = Duration.ofSeconds(8);

    /** The budget of one check, and what is beyond it: rules, and the last step. */
    private static final Duration MOST_PROCESSOR_TIME = Duration.ofSeconds(3);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void checksWhenAllTargetsAreHostileEachEndInAClearResult() throws InterruptedException {
        Map<String, Script> targets = HostileTargets.scripts();
        List<LoopbackServer> servers = new ArrayList<>();
        Map<String, List<String>> names = new HashMap<>();
        Map<String, Integer> ports = new HashMap<>();
        for (Map.Entry<String, Script> target : targets.entrySet()) {
            String address = "127.0.1." + (names.size() + 1);
            LoopbackServer plain = LoopbackServer.plain(address, target.getValue());
            LoopbackServer tls =
                    LoopbackServer.tls(
                            address, SiteFixture.good().certificate(), target.getValue());
            servers.addAll(List.of(plain, tls));
            names.put(target.getKey(), List.of(address));
            ports.put(address + ":80", plain.port());
            ports.put(address + ":443", tls.port());
        }
        try {
            JobStore checks = checks(names, ports);
            List<String> jobs = new ArrayList<>();
            for (String host : names.keySet()) {
                NewJob job =
                        new NewJob(
                                NewJob.newId(),
                                FrontDoorTool.NAME,
                                "test",
                                null,
                                "{\"host\":\"%s\",\"healthPath\":\"/\"}".formatted(host),
                                null,
                                100,
                                Duration.ofMinutes(10));
                assertThat(checks.submit(job)).isInstanceOf(Submission.Accepted.class);
                jobs.add(job.id());
            }
            for (String id : jobs) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> checks.find(id).orElseThrow().state().isFinal());
                Job job = checks.find(id).orElseThrow();
                assertThat(job.state())
                        .as("%s", job.request())
                        .isIn(JobState.DONE, JobState.PARTIAL);
                assertThat(checks.rows(id, RowQuery.first(FrontDoorTool.FINDINGS, 10)))
                        .as("%s", job.request())
                        .isNotEmpty();
            }
            assertThat(processorTimeOfJobs())
                    .isLessThan(jobs.size() * MOST_PROCESSOR_TIME.toNanos());
        } finally {
            servers.forEach(LoopbackServer::close);
        }
    }

    /** D2: 9.5 s of processor time with a regular expression, for a third of these tags. */
    @Test
    void pageWhenItsTagsAreNestedOrUnclosedIsReadInLinearTime() {
        List<String> pages =
                List.of("<script ", "<table><td>", "<b></p>", "<!--", "<a b=\"", "<dl><dt>", "&");
        for (String tag : pages) {
            page(answer(tag.repeat(1_000))).scripts(); // warm
            long small = processorTime(() -> page(answer(tag.repeat(4_000))).scripts());
            long large = processorTime(() -> page(answer(tag.repeat(32_000))).scripts());

            assertThat(large).as(tag).isLessThan(24 * Math.max(small, 20_000_000));
        }
    }

    private static long processorTimeOfJobs() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("job-"))
                .mapToLong(thread -> THREADS.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    private static HtmlPage page(RawResponse response) {
        return HtmlPage.of(HttpUrl.of(Scheme.HTTPS, "site.test", "/"), response);
    }

    private static RawResponse answer(String body) {
        return new RawResponse(200, "HTTP/1.1 200 OK", List.of(), body);
    }

    private static long processorTime(Runnable work) {
        long start = THREADS.getCurrentThreadCpuTime();
        work.run();
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    private static JobStore checks(Map<String, List<String>> names, Map<String, Integer> ports) {
        FrontDoorProperties properties =
                new FrontDoorProperties(
                        true,
                        100,
                        100,
                        100,
                        4,
                        20,
                        DEADLINE,
                        DEADLINE,
                        DataSize.ofMegabytes(50),
                        Map.of(),
                        "test");
        FrontDoorTool tool =
                new FrontDoorTool(
                        LoopbackOutboundClient.to(
                                names,
                                ports,
                                List.of(SiteFixture.good().certificate().certificate())),
                        properties,
                        Clock.systemUTC());
        JobTools tools =
                new JobTools(
                        List.of(
                                new ToolRegistration(
                                        FrontDoorTool.NAME, "checks", "", "", () -> tool)));
        JobRunner runner = new JobRunner(tools, JsonMapper.shared(), Clock.systemUTC());
        return new MemoryJobStore(
                tools, runner, Clock.systemUTC(), "test", DataSize.ofMegabytes(64).toBytes());
    }
}
