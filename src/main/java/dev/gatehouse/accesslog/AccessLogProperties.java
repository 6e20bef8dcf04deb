package dev.gatehouse.accesslog;

import dev.gatehouse.config.InvalidPropertyException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The access log.
 *
 * @param enabled whether requests are logged
 * @param format how: {@code json} (a line of JSON with the Elastic Common Schema's names) or {@code
 *     combined} (Apache's combined log format)
 * @param exclude paths whose requests are left out unless they fail, each exact or, with a trailing
 *     {@code /**}, with all below it; the probes by default
 * @param file file to log to, in place of standard output
 * @param maxFileSize size at which the file is renamed and a new one begun
 * @param maxFiles number of files to keep, with the current one
 */
@ConfigurationProperties("gatehouse.access-log")
record AccessLogProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("json") AccessLogFormat format,
        @DefaultValue({"/ping", "/actuator/health/**", "/livez", "/readyz"}) List<String> exclude,
        @Nullable Path file,
        @DefaultValue("100MB") DataSize maxFileSize,
        @DefaultValue("10") int maxFiles) {

    private static final DataSize SMALLEST_FILE = DataSize.ofMegabytes(2); // more than a page

    AccessLogProperties {
        if (maxFileSize.compareTo(SMALLEST_FILE) < 0) {
            throw new InvalidPropertyException(
                    "gatehouse.access-log.max-file-size",
                    maxFileSize,
                    "is less than 2MB",
                    "Set it to 2MB or more, such as 100MB.");
        }
        if (maxFiles < 1) {
            throw new InvalidPropertyException(
                    "gatehouse.access-log.max-files",
                    maxFiles,
                    "is less than 1",
                    "Set it to how many files to keep, such as 10.");
        }
        exclude = List.copyOf(exclude);
        for (int i = 0; i < exclude.size(); i++) {
            check(i, exclude.get(i));
        }
    }

    private static void check(int index, String path) {
        String plain = path.endsWith("/**") ? path.substring(0, path.length() - 3) : path;
        if (!path.startsWith("/") || plain.contains("*") || plain.contains("?")) {
            throw new InvalidPropertyException(
                    "gatehouse.access-log.exclude[" + index + "]",
                    path,
                    "is neither a path nor a path with all below it",
                    "Set it to a path such as /ping or, for all below it too, /status/**.");
        }
    }
}
