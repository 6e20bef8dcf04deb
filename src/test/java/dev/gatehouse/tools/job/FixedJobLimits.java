package dev.gatehouse.tools.job;

import java.time.Duration;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** Limits that a test sets. */
public record FixedJobLimits(
        int perCaller,
        int perTarget,
        int inTotal,
        int atOnce,
        int queued,
        Duration deadline,
        Duration kept,
        DataSize maxResultSize,
        Map<String, Plan> plans)
        implements JobLimits {}
