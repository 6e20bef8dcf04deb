package dev.gatehouse.connector;

import java.util.Locale;

/** The two connectors: plain HTTP, which redirects, and HTTPS, which serves the site. */
public enum ConnectorName {
    HTTP("gatehouse.http.port"),
    HTTPS("server.port");

    private final String portProperty;

    ConnectorName(String portProperty) {
        this.portProperty = portProperty;
    }

    /** As it stands in metric tags, health components and messages: {@code http}, {@code https}. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The property that sets this connector's port. */
    String portProperty() {
        return portProperty;
    }
}
