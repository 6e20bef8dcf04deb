package dev.gatehouse.accesslog;

import java.io.IOException;

/** Where lines go. Used by the writer's thread alone. */
@FunctionalInterface
interface LogTarget {

    void write(LineBuffer lines) throws IOException;

    /** Standard output, whatever it is when the lines come. */
    LogTarget STANDARD_OUTPUT =
            lines -> {
                System.out.write(lines.bytes(), 0, lines.end());
                System.out.flush();
            };
}
