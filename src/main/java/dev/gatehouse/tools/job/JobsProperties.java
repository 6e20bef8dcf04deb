package dev.gatehouse.tools.job;

import dev.gatehouse.config.InvalidPropertyException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The jobs of all tools.
 *
 * @param memory largest size of all results together, where they are kept in memory; to make room,
 *     the result that ended first is removed
 */
@ConfigurationProperties("gatehouse.jobs")
record JobsProperties(@DefaultValue("64MB") DataSize memory) {

    JobsProperties {
        if (memory.toBytes() <= 0) {
            throw new InvalidPropertyException(
                    "gatehouse.jobs.memory",
                    memory,
                    "is not a positive size",
                    "Set it to a size such as 64MB.");
        }
    }
}
