package dev.gatehouse.accesslog;

import dev.gatehouse.config.InvalidPropertyException;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The access log on standard output.
 *
 * @param enabled whether requests are logged
 * @param format how: {@code json} (a line of JSON with the Elastic Common Schema's names) or {@code
 *     combined} (Apache's combined log format)
 * @param exclude paths whose requests are left out unless they fail, each exact or, with a trailing
 *     {@code /**}, with all below it; the probes by default
 */
@ConfigurationProperties("gatehouse.access-log")
record AccessLogProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("json") AccessLogFormat format,
        @DefaultValue({"/ping", "/actuator/health/**", "/livez", "/readyz"}) List<String> exclude) {

    AccessLogProperties {
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
