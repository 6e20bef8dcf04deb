package dev.gatehouse.accesslog;

/** The format of a line. */
enum AccessLogFormat {
    /** A line of JSON with the Elastic Common Schema's names. */
    JSON,
    /** Apache's combined log format, for the tools that read it. */
    COMBINED;

    AccessLine line() {
        return switch (this) {
            case JSON -> new JsonLine();
            case COMBINED -> new CombinedLine();
        };
    }
}
