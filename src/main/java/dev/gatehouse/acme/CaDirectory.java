package dev.gatehouse.acme;

import dev.gatehouse.config.InvalidPropertyException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * A certificate authority, by the URL of its ACME directory (RFC 8555, 7.1.1).
 *
 * @param url absolute, with scheme {@code https}
 */
record CaDirectory(URI url) {

    private static final String PROPERTY = "gatehouse.acme.directory";

    private static final Map<String, URI> BY_NAME =
            Map.of(
                    "letsencrypt",
                    URI.create("https://acme-v02.api.letsencrypt.org/directory"),
                    "letsencrypt-staging",
                    URI.create("https://acme-staging-v02.api.letsencrypt.org/directory"),
                    "zerossl",
                    URI.create("https://acme.zerossl.com/v2/DV90"));

    static CaDirectory of(String nameOrUrl) {
        URI known = BY_NAME.get(nameOrUrl.toLowerCase(Locale.ROOT));
        if (known != null) {
            return new CaDirectory(known);
        }
        try {
            URI url = URI.create(nameOrUrl);
            if ("https".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getFragment() == null) {
                return new CaDirectory(url);
            }
        } catch (IllegalArgumentException _) {
            // no URL: said below
        }
        throw new InvalidPropertyException(
                PROPERTY,
                nameOrUrl,
                "is neither a known certificate authority nor an https:// URL",
                "Set it to letsencrypt, letsencrypt-staging, zerossl, or the URL of an ACME"
                        + " directory.");
    }

    boolean isLetsEncrypt() {
        return url.getHost().endsWith(".letsencrypt.org");
    }

    boolean isZeroSsl() {
        return url.equals(BY_NAME.get("zerossl"));
    }

    /** Tells directories apart, such as {@code acme-v02.api.letsencrypt.org-directory}. */
    String fileName() {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String port = url.getPort() == -1 ? "" : "-" + url.getPort();
        return (url.getHost().toLowerCase(Locale.ROOT) + port + path)
                .replaceAll("[^A-Za-z0-9.]+", "-");
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
