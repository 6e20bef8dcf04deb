package dev.gatehouse.accesslog;

import java.io.IOException;

/** Where lines go. Used by the writer's thread alone. */
@FunctionalInterface
interface LogTarget {

    void write(LineBuffer lines) throws IOException;

    /** The one that is configured; a file is checked. */
    static LogTarget of(AccessLogProperties properties) {
        return properties.file() == null
                ? STANDARD_OUTPUT
                : new RotatingLogFile(
                                properties.file(),
                                properties.maxFileSize().toBytes(),
                                properties.maxFiles())
                        .checked();
    }

    /** Standard output, whatever it is when the lines come. */
    LogTarget STANDARD_OUTPUT =
            lines -> {
                System.out.write(lines.bytes(), 0, lines.end());
                System.out.flush();
            };
}
