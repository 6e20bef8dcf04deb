package dev.gatehouse.accesslog;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Metrics of lines that were written, dropped because standard output was too slow, or failed. */
class AccessLogMetrics implements MeterBinder {

    private final AccessLogQueue queue;
    private final AccessLogWriter writer;

    AccessLogMetrics(AccessLogQueue queue, AccessLogWriter writer) {
        this.queue = queue;
        this.writer = writer;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "written", _ -> writer.written());
        count(registry, "dropped", AccessLogQueue::dropped);
        count(registry, "failed", AccessLogQueue::failed);
    }

    private void count(
            MeterRegistry registry, String outcome, ToDoubleFunction<AccessLogQueue> count) {
        FunctionCounter.builder("gatehouse.access-log.lines", queue, count)
                .description("Lines of the access log, by what became of them")
                .tag("outcome", outcome)
                .register(registry);
    }
}
