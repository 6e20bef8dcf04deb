package dev.gatehouse.helm;

import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * kubelet's HTTP probe, by its own rules (kubernetes pkg/probe/http): no certificate is verified,
 * 200 to 399 passes, at most ten redirects are followed, and only to the same host name. One to
 * another host name is not followed and counts as success, with a warning.
 *
 * @param host what kubelet puts into the URL: the pod's address
 */
record KubeletProbe(RunningGatehouse gatehouse, String host) {

    private static final int MOST_REDIRECTS = 10;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_FAILURE = 400;

    enum Result {
        SUCCESS,
        WARNING,
        FAILURE
    }

    Result ask(String scheme, String path) {
        URI url = URI.create(scheme.toLowerCase(Locale.ROOT) + "://" + host + path);
        for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
            RawHttp.Response response = get(url);
            if (response.status() < 200 || response.status() >= FIRST_FAILURE) {
                return Result.FAILURE;
            }
            Optional<String> location = response.header("Location");
            if (response.status() < FIRST_REDIRECT || location.isEmpty()) {
                return Result.SUCCESS;
            }
            URI next = url.resolve(location.get());
            if (!next.getHost().equals(url.getHost())) {
                return Result.WARNING;
            }
            url = next;
        }
        return Result.FAILURE;
    }

    private RawHttp.Response get(URI url) {
        String request =
                RawHttp.request(
                        "GET " + url.getRawPath() + " HTTP/1.1",
                        "Host: " + url.getRawAuthority(),
                        "User-Agent: kube-probe/1.34",
                        "Accept: */*",
                        "Connection: close");
        return url.getScheme().equals("https") ? gatehouse.https(request) : gatehouse.http(request);
    }
}
