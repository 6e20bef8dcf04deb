package dev.gatehouse.tools.outside;

import dev.gatehouse.config.PropertyChecks;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.Scheme;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The probe of this server's own site from outside, as a visitor reaches it.
 *
 * @param url public URL of this site, such as {@code https://www.example.com}, which is probed
 *     through public DNS and the load balancer; without it nothing is probed
 * @param interval time between two probes
 * @param jitter random time of up to this that is added to each interval, so that several servers
 *     do not probe at the same moment
 */
@ConfigurationProperties("gatehouse.outside")
record OutsideProperties(
        @Nullable String url,
        @DefaultValue("1m") Duration interval,
        @DefaultValue("10s") Duration jitter) {

    OutsideProperties {
        url = url == null || url.isBlank() ? null : url;
        new PropertyChecks("gatehouse.outside")
                .require(
                        url == null || parse(url).isPresent(),
                        "url",
                        url,
                        "is not the https:// address of a site",
                        "Set it to the address that visitors use, such as https://www.example.com,"
                                + " or leave it out.")
                .positive("interval", interval, "1m")
                .require(
                        !jitter.isNegative(),
                        "jitter",
                        jitter,
                        "is negative",
                        "Set it to 0s or to a duration such as 10s.");
    }

    /** The URL, parsed; empty where none is set. */
    Optional<HttpUrl> site() {
        return Optional.ofNullable(url).flatMap(OutsideProperties::parse);
    }

    private static Optional<HttpUrl> parse(String url) {
        return HttpUrl.parse(url) instanceof HttpUrl.Http(var site)
                        && site.scheme() == Scheme.HTTPS
                        && site.userinfo().isEmpty()
                        && site.port() > 0
                ? Optional.of(site)
                : Optional.empty();
    }
}
