package dev.gatehouse.tls;

import org.springframework.core.NestedExceptionUtils;

/** What an exception says at its root, where the reason is. */
final class Causes {

    private Causes() {}

    static String of(Throwable thrown) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(thrown);
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
