package dev.gatehouse.tools.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** Measures the jobs that ran on this instance. */
class JobTimer implements JobRunner.Observer {

    private final MeterRegistry registry;

    JobTimer(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void ended(String tool, JobState state, Duration duration) {
        Timer.builder("gatehouse.jobs.duration")
                .description("Time that the work of jobs took, from its start on this instance")
                .tag("tool", tool)
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .record(duration);
    }

    @Override
    public void recovered(String tool) {
        Counter.builder("gatehouse.jobs.recovered")
                .description("Jobs that this instance ran again after another attempt had died")
                .tag("tool", tool)
                .register(registry)
                .increment();
    }
}
