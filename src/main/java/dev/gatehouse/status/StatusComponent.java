package dev.gatehouse.status;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.liveness.ConnectorReport;
import java.util.Locale;

/** What the status page shows. */
enum StatusComponent {
    HTTP(ConnectorReport.title(ConnectorName.HTTP)),
    HTTPS(ConnectorReport.title(ConnectorName.HTTPS)),
    OUTSIDE("From outside");

    private final String title;

    StatusComponent(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** As in JSON and class names. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
