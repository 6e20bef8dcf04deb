package dev.gatehouse.tools.job;

import dev.gatehouse.config.PropertyChecks;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The jobs of all tools.
 *
 * @param memory largest size of all results together, where they are kept in memory; to make room,
 *     the result that ended first is removed; by default 64MB, or an eighth of the heap where that
 *     is less
 */
@ConfigurationProperties("gatehouse.jobs")
record JobsProperties(@Nullable DataSize memory) {

    private static final DataSize DEFAULT_MAXIMUM = DataSize.ofMegabytes(64);
    private static final int HEAP_DIVISOR = 8;

    JobsProperties {
        new PropertyChecks("gatehouse.jobs").positive("memory", memory, "64MB");
    }

    /** The size in bytes for a heap of that size. */
    long memoryBytes(long heapBytes) {
        return memory == null
                ? Math.min(DEFAULT_MAXIMUM.toBytes(), heapBytes / HEAP_DIVISOR)
                : memory.toBytes();
    }
}
