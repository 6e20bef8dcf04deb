package dev.gatehouse.config;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** The causes of an exception. */
public final class ExceptionCauses {

    private ExceptionCauses() {}

    /** The root cause, as the first line of its message. */
    public static String describe(Throwable thrown) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(thrown);
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }

    /** The first of that type, from the exception itself on; null where there is none. */
    public static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable next = thrown; next != null && seen.add(next); next = next.getCause()) {
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
        return null;
    }
}
