package dev.gatehouse.connector;

import dev.gatehouse.config.InvalidPropertyException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The plain HTTP connector. Its limits, time-outs and address are the HTTPS connector's: {@code
 * server.*}.
 *
 * @param port port of the plain HTTP connector; 0 takes any free one
 */
@ConfigurationProperties("gatehouse.http")
record HttpProperties(@DefaultValue("80") int port) {

    HttpProperties {
        if (port < 0 || port > 65_535) {
            throw new InvalidPropertyException(
                    "gatehouse.http.port",
                    port,
                    "is not a port",
                    "Set it to a number from 1 to 65535, or to 0 for any free port.");
        }
    }
}
