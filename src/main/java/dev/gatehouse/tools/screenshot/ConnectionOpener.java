package dev.gatehouse.tools.screenshot;

import java.io.IOException;
import java.net.Socket;

/** Connects to hosts that the outbound guard allows. */
@FunctionalInterface
interface ConnectionOpener {

    /**
     * Resolves the name and connects.
     *
     * @throws RefusedException where it is not allowed
     * @throws IOException where it cannot be reached
     */
    Socket connect(String host, int port) throws IOException;

    /** The guard does not allow it. */
    final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        private final String code;

        RefusedException(String code) {
            super(code);
            this.code = code;
        }

        /** Such as {@code no-public-address}. */
        String code() {
            return code;
        }
    }
}
