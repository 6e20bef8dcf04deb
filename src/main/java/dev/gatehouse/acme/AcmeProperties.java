package dev.gatehouse.acme;

import dev.gatehouse.config.InvalidPropertyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * ACME's HTTP-01 challenges, answered over plain HTTP.
 *
 * @param webroot folder in which an ACME client puts {@code .well-known/acme-challenge/TOKEN}, such
 *     as certbot's {@code --webroot-path}; without one, challenges are requests like any other
 */
@ConfigurationProperties("gatehouse.acme")
record AcmeProperties(@Nullable Path webroot) {

    AcmeProperties {
        if (webroot != null && !Files.isDirectory(webroot)) {
            throw invalid(webroot, "is not a folder");
        }
        if (webroot != null && !(Files.isReadable(webroot) && Files.isExecutable(webroot))) {
            throw invalid(
                    webroot, "cannot be read by user '" + System.getProperty("user.name") + "'");
        }
    }

    private static InvalidPropertyException invalid(Path webroot, String problem) {
        return new InvalidPropertyException(
                "gatehouse.acme.webroot",
                webroot,
                problem,
                "Set it to the folder that your ACME client writes to (certbot: --webroot-path),"
                        + " or leave it out.");
    }
}
