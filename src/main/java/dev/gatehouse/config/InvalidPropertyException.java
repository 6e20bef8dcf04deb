package dev.gatehouse.config;

import org.jspecify.annotations.Nullable;

/** A property whose value stops the start. The value is printed, so it must not be a secret. */
public class InvalidPropertyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param property the property's full name, such as {@code gatehouse.http.port}
     * @param value the value as configured, or {@code "******"} where it is secret
     * @param problem what is wrong with it, as a clause: "is not a port"
     * @param remedy what to do, as a sentence
     */
    public InvalidPropertyException(
            String property, @Nullable Object value, String problem, String remedy) {
        this(property, value, problem, remedy, null);
    }

    /** As above, with a cause. */
    public InvalidPropertyException(
            String property,
            @Nullable Object value,
            String problem,
            String remedy,
            @Nullable Throwable cause) {
        super("%s = '%s' %s.".formatted(property, value, problem), cause);
        this.remedy = remedy;
    }

    /** What to do, as a sentence. */
    public String remedy() {
        return remedy;
    }
}
