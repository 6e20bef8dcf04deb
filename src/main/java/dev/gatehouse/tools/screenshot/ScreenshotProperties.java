package dev.gatehouse.tools.screenshot;

import dev.gatehouse.config.PropertyChecks;
import dev.gatehouse.tools.job.JobLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Screenshots, offered to visitors and to programs.
 *
 * @param enabled whether they are offered, where the tools are
 * @param perCaller screenshots that one caller may submit in a minute; an API gateway that does not
 *     name its users ten times as many
 * @param perTarget screenshots of one host in a minute, by all callers
 * @param inTotal screenshots in a minute, by all callers of all hosts
 * @param atOnce screenshots that are taken at the same time, each with a browser of its own
 * @param queued screenshots that wait; further ones are refused with 429
 * @param deadline time limit of a screenshot, from its start
 * @param kept time for which a screenshot is kept
 * @param maxResultSize largest size of a result
 * @param plans limits for the users of an API gateway with that plan: {@code per-caller}, {@code
 *     queued}
 * @param browser path of a Chromium or of its headless shell; by default the first on the path
 * @param remoteUrl a browser elsewhere in place of one on this machine: {@code http://host:9222} of
 *     a headless shell with a DevTools port, or the {@code ws:} address itself
 * @param proxyAddress address of this machine on which the proxy for a remote browser listens; by
 *     default that which leads to the browser
 * @param proxyPort first of the ports on which the proxy for a remote browser listens, one for each
 *     of at-once
 * @param sandbox whether Chromium isolates the processes that run a page's code; without it a flaw
 *     of Chromium opens this machine to the page
 * @param memory memory with which a browser is killed, of all its processes together
 * @param recycleMemory memory with which a browser is replaced after a screenshot
 * @param pagesPerBrowser screenshots after which a browser is replaced
 * @param idle time after which a browser that is not used is closed
 * @param pageSize bytes that one page may load
 */
@ConfigurationProperties("gatehouse.screenshot")
record ScreenshotProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("10") int perCaller,
        @DefaultValue("6") int perTarget,
        @DefaultValue("60") int inTotal,
        @DefaultValue("2") int atOnce,
        @DefaultValue("20") int queued,
        @DefaultValue("90s") Duration deadline,
        @DefaultValue("15m") Duration kept,
        @DefaultValue("50MB") DataSize maxResultSize,
        @DefaultValue Map<String, JobLimits.Plan> plans,
        @DefaultValue("") String browser,
        @Nullable URI remoteUrl,
        @DefaultValue("") String proxyAddress,
        @DefaultValue("3128") int proxyPort,
        @DefaultValue("true") boolean sandbox,
        @DefaultValue("1GB") DataSize memory,
        @DefaultValue("512MB") DataSize recycleMemory,
        @DefaultValue("100") int pagesPerBrowser,
        @DefaultValue("5m") Duration idle,
        @DefaultValue("100MB") DataSize pageSize)
        implements JobLimits {

    ScreenshotProperties {
        JobLimits.check(
                        new PropertyChecks("gatehouse.screenshot"),
                        perCaller,
                        perTarget,
                        inTotal,
                        atOnce,
                        queued,
                        deadline,
                        kept,
                        maxResultSize,
                        plans)
                .require(
                        remoteUrl == null || isBrowser(remoteUrl),
                        "remote-url",
                        remoteUrl,
                        "is not the address of a browser",
                        "Set it to an address such as http://browser:9222.")
                .require(
                        proxyPort >= 1 && proxyPort <= 0xffff,
                        "proxy-port",
                        proxyPort,
                        "is not a port",
                        "Set it to a number such as 3128.")
                .positive("memory", memory, "1GB")
                .positive("recycle-memory", recycleMemory, "512MB")
                .positive("pages-per-browser", pagesPerBrowser)
                .positive("idle", idle, "5m")
                .positive("page-size", pageSize, "100MB");
    }

    private static boolean isBrowser(URI url) {
        return url.getHost() != null && List.of("http", "ws", "wss").contains(url.getScheme());
    }

    BrowserPool.Limits browserLimits() {
        return new BrowserPool.Limits(
                atOnce, queued, pagesPerBrowser, recycleMemory.toBytes(), memory.toBytes(), idle);
    }
}
