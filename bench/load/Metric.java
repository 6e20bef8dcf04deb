package load;

/** What is measured of a row. */
enum Metric {
    CPU("CPU µs a request", "%.1f"),
    RATE("requests a second", "%.0f"),
    P50("p50, ms", "%.2f"),
    P99("p99, ms", "%.2f"),
    START("ms to the first answer", "%.0f"),
    CONNECTIONS("connections", "%.0f"),
    CONNECTION("KB a connection", "%.1f"),
    RESIDENT("resident, MB", "%.0f");

    private final String label;
    private final String format;

    Metric(String label, String format) {
        this.label = label;
        this.format = format;
    }

    String label() {
        return label;
    }

    String format() {
        return format;
    }
}
