package dev.gatehouse.tools.job.postgres;

import dev.gatehouse.config.InvalidPropertyException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an instance does for the jobs in the database.
 *
 * @param workers jobs in the database that this instance runs at the same time; 0 where it only
 *     serves; by default two for each processor
 */
@ConfigurationProperties("gatehouse.jobs")
record WorkerProperties(@Nullable Integer workers) {

    private static final int PER_PROCESSOR = 2;

    WorkerProperties {
        if (workers != null && workers < 0) {
            throw new InvalidPropertyException(
                    "gatehouse.jobs.workers",
                    workers,
                    "is negative",
                    "Set it to 0 where the instance only serves, or to 1 or more.");
        }
    }

    int count() {
        return workers == null
                ? PER_PROCESSOR * Runtime.getRuntime().availableProcessors()
                : workers;
    }
}
