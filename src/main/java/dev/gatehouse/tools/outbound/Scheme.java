package dev.gatehouse.tools.outbound;

import java.util.Locale;
import java.util.Optional;

/** The two schemes, with the default port of each. */
public enum Scheme {
    HTTP(80),
    HTTPS(443);

    private final int port;

    Scheme(int port) {
        this.port = port;
    }

    /** The default port. */
    public int port() {
        return port;
    }

    /** As it stands in a URL. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Scheme> of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "http" -> Optional.of(HTTP);
            case "https" -> Optional.of(HTTPS);
            default -> Optional.empty();
        };
    }
}
