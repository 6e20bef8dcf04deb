package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorInspection;
import dev.gatehouse.connector.VisitorAnswers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers what is to be known of one connector at one look, and waits for nothing. */
class FactsSource {

    private final Supplier<ProbeTally> probes;
    private final VisitorAnswers answers;
    private final ConnectorInspection inspection;
    private final FileDescriptors descriptors = new FileDescriptors();
    private final Clock clock;

    FactsSource(
            Supplier<ProbeTally> probes,
            VisitorAnswers answers,
            ConnectorInspection inspection,
            Clock clock) {
        this.probes = probes;
        this.answers = answers;
        this.inspection = inspection;
        this.clock = clock;
    }

    Facts gather(Duration late) {
        Instant now = clock.instant();
        ProbeTally tally = probes.get();
        return new Facts(
                tally,
                visitorAnswered(now),
                inspection.look(),
                descriptors.outSince(tally, now),
                late,
                now);
    }

    private @Nullable Instant visitorAnswered(Instant now) {
        long age = answers.ageNanos();
        return age == Long.MAX_VALUE ? null : now.minusNanos(age);
    }
}
