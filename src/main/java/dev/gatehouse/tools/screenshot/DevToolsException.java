package dev.gatehouse.tools.screenshot;

/** A command that the browser refused, did not answer in time, or did not live to answer. */
final class DevToolsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    enum Kind {
        REFUSED,
        TIMEOUT,
        CLOSED
    }

    DevToolsException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
