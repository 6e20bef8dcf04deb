package dev.gatehouse.tools.frontdoor;

import dev.gatehouse.config.InvalidPropertyException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The look at our own site from outside, as a visitor has it.
 *
 * @param url public address of this site, such as {@code https://www.example.com}, which is looked
 *     at through public DNS and whatever balances the load; nothing is looked at without
 * @param interval time between two looks
 * @param jitter time up to which a look comes later than that, so that many servers do not look at
 *     once
 */
@ConfigurationProperties("gatehouse.outside")
record OutsideProperties(
        @Nullable String url,
        @DefaultValue("1m") Duration interval,
        @DefaultValue("10s") Duration jitter) {

    private static final int LAST_PORT = 65_535;

    OutsideProperties {
        url = url == null || url.isBlank() ? null : url;
        if (url != null && !isSite(url)) {
            throw invalid(
                    "url",
                    url,
                    "is not the https:// address of a site",
                    "Set it to the address that visitors use, such as https://www.example.com, or"
                            + " leave it out.");
        }
        if (interval.toMillis() <= 0) {
            throw invalid(
                    "interval",
                    interval,
                    "is not a positive duration",
                    "Set it to a duration such as 1m.");
        }
        if (jitter.isNegative()) {
            throw invalid(
                    "jitter", jitter, "is negative", "Set it to 0s or to a duration such as 10s.");
        }
    }

    private static boolean isSite(String url) {
        try {
            URI uri = URI.create(url);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() != 0
                    && uri.getPort() <= LAST_PORT
                    && uri.getUserInfo() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static InvalidPropertyException invalid(
            String name, Object value, String problem, String remedy) {
        return new InvalidPropertyException("gatehouse.outside." + name, value, problem, remedy);
    }
}
