package dev.gatehouse.tls;

import org.springframework.core.NestedExceptionUtils;

/** The root cause of an exception, as the first line of its message. */
final class ExceptionCauses {

    private ExceptionCauses() {}

    static String describe(Throwable thrown) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(thrown);
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }
}
