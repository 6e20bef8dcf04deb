package dev.gatehouse.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Checks of the values below a prefix: the first one that is not valid stops the start. A property
 * that is not set is valid.
 *
 * @param prefix such as {@code gatehouse.liveness}
 */
public record PropertyChecks(String prefix) {

    /** Requires a number of 1 or more. */
    public PropertyChecks positive(String name, @Nullable Integer value) {
        return require(
                value == null || value > 0,
                name,
                value,
                "is not a positive number",
                "Set it to 1 or more.");
    }

    /** Requires a duration of a millisecond or more. */
    public PropertyChecks positive(String name, @Nullable Duration value, String example) {
        return require(
                value == null || value.toMillis() > 0,
                name,
                value,
                "is not a positive duration",
                "Set it to a duration such as " + example + ".");
    }

    /** Requires a size of a byte or more. */
    public PropertyChecks positive(String name, @Nullable DataSize value, String example) {
        return require(
                value == null || value.toBytes() > 0,
                name,
                value,
                "is not a positive size",
                "Set it to a size such as " + example + ".");
    }

    /**
     * Requires that a value is valid.
     *
     * @param name of the property below the prefix
     * @param problem what is wrong with it otherwise, as a clause
     * @param remedy what to do, as a sentence
     */
    public PropertyChecks require(
            boolean isValid, String name, @Nullable Object value, String problem, String remedy) {
        if (!isValid) {
            throw new InvalidPropertyException(prefix + "." + name, value, problem, remedy);
        }
        return this;
    }
}
