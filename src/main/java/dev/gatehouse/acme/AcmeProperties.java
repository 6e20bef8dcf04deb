package dev.gatehouse.acme;

import dev.gatehouse.config.InvalidPropertyException;
import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.util.StringUtils;

/**
 * Certificates obtained and renewed by ACME, and challenges of other ACME clients.
 *
 * @param domains DNS names, and addresses where the certificate authority allows them, that one
 *     certificate is obtained for; none turns it off
 * @param termsOfServiceAgreed whether you agree to the certificate authority's terms of service
 * @param email address at which the certificate authority may reach you; most need none
 * @param directory the certificate authority: {@code letsencrypt}, {@code letsencrypt-staging} for
 *     tries, {@code zerossl}, or the URL of an ACME directory
 * @param profile the kind of certificate, where the certificate authority offers several, such as
 *     {@code shortlived}
 * @param eab binding to an account that you have with the certificate authority, where it requires
 *     one
 * @param storage folder of the account key, the certificate and its key; by default {@code acme}
 *     below {@code gatehouse.state-directory}
 * @param keyType kind of the certificate's key: {@code ecdsa-p256}, {@code ecdsa-p384}, {@code
 *     rsa-2048}, {@code rsa-3072} or {@code rsa-4096}
 * @param preferredChain common name of an issuer, to choose among the chains that the certificate
 *     authority offers; the first without
 * @param trustedCa PEM file of the root certificates that the ACME server's own certificate is
 *     verified with, for a private one; Java's without
 * @param challenge how a name is proved: {@code http-01}
 * @param pendingUnready whether readiness waits for the first certificate
 * @param webroot folder in which another ACME client puts {@code .well-known/acme-challenge/TOKEN},
 *     such as certbot's {@code --webroot-path}; without one, challenges are requests like any other
 */
@ConfigurationProperties("gatehouse.acme")
record AcmeProperties(
        @DefaultValue List<String> domains,
        boolean termsOfServiceAgreed,
        @Nullable String email,
        @DefaultValue("letsencrypt") String directory,
        @Nullable String profile,
        @DefaultValue ExternalAccount eab,
        @Nullable Path storage,
        @DefaultValue("ecdsa-p256") KeyType keyType,
        @Nullable String preferredChain,
        @Nullable Path trustedCa,
        @DefaultValue("http-01") String challenge,
        boolean pendingUnready,
        @Nullable Path webroot) {

    private static final String PREFIX = "gatehouse.acme.";

    /** RFC 1034, 3.5 and RFC 1123, 2.1; a name whose last label is a number is no name. */
    private static final Pattern DNS_NAME =
            Pattern.compile(
                    "(?=.{1,253}$)(?!(.*\\.)?[0-9]+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
                            + "(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-f.]*:[0-9a-f:.]*");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@,?:<>]+@[^\\s@,?:<>]+");
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]{20,}={0,2}");

    /** The one profile of Let's Encrypt whose certificates may have addresses. */
    private static final String SHORT_LIVED = "shortlived";

    AcmeProperties {
        domains = domains.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
        if (webroot != null) {
            checkWebroot(webroot);
        }
        if (!domains.isEmpty()) {
            checkTogether(domains, termsOfServiceAgreed, webroot);
            for (int i = 0; i < domains.size(); i++) {
                checkName(PREFIX + "domains[" + i + "]", domains.get(i));
            }
            checkAddresses(domains, CaDirectory.of(directory), profile);
            checkChallenge(challenge);
            checkEmail(email);
            eab.check(CaDirectory.of(directory));
            if (trustedCa != null) {
                checkTrustedCa(trustedCa);
            }
        }
    }

    /**
     * An account that exists beside ACME (RFC 8555, 7.3.4).
     *
     * @param keyId key identifier that the certificate authority gave you
     * @param hmacKeyFile file that holds the MAC key that belongs to it, in base64url
     */
    record ExternalAccount(@Nullable String keyId, @Nullable Path hmacKeyFile) {

        boolean isSet() {
            return StringUtils.hasText(keyId);
        }

        private void check(CaDirectory directory) {
            if (isSet() != (hmacKeyFile != null)) {
                throw new InvalidPropertyException(
                        PREFIX + (isSet() ? "eab.hmac-key-file" : "eab.key-id"),
                        "",
                        "is not set, though the other half of the account binding is",
                        "Set both gatehouse.acme.eab.key-id and gatehouse.acme.eab.hmac-key-file, or"
                                + " neither.");
            }
            if (!isSet() && directory.isZeroSsl()) {
                throw new InvalidPropertyException(
                        PREFIX + "eab.key-id",
                        "",
                        "is not set, and ZeroSSL requires it",
                        "Take the EAB credentials from your ZeroSSL account, and set"
                                + " gatehouse.acme.eab.key-id and gatehouse.acme.eab.hmac-key-file.");
            }
            if (isSet()) {
                hmacKey();
            }
        }

        /** The MAC key, in base64url. */
        String hmacKey() {
            try {
                String key = Files.readString(Objects.requireNonNull(hmacKeyFile)).strip();
                if (BASE64URL.matcher(key).matches()) {
                    return key;
                }
            } catch (IOException ex) {
                throw invalid(
                        "eab.hmac-key-file",
                        hmacKeyFile,
                        "cannot be read by user '" + System.getProperty("user.name") + "'",
                        "Set it to the file that holds the MAC key.",
                        ex);
            }
            throw invalid(
                    "eab.hmac-key-file",
                    hmacKeyFile,
                    "holds no key in base64url",
                    "Put the MAC key into it, as the certificate authority showed it, and nothing"
                            + " else.",
                    null);
        }
    }

    CaDirectory ca() {
        return CaDirectory.of(directory);
    }

    /** What an order or a certificate must be for, as the files of the storage say it. */
    Map<String, String> wanted() {
        return Map.of(
                "directory",
                ca().toString(),
                "domains",
                String.join(" ", domains),
                "profile",
                profile == null ? "" : profile,
                "key-type",
                keyType.name());
    }

    static boolean isAddress(String name) {
        return ADDRESS.matcher(name).matches();
    }

    private static void checkTogether(
            List<String> domains, boolean termsOfServiceAgreed, @Nullable Path webroot) {
        if (!termsOfServiceAgreed) {
            throw invalid(
                    "terms-of-service-agreed",
                    false,
                    "does not agree to the certificate authority's terms of service",
                    "Read them (Let's Encrypt: https://letsencrypt.org/repository/) and set it to"
                            + " true, or remove gatehouse.acme.domains.",
                    null);
        }
        if (webroot != null) {
            throw invalid(
                    "webroot",
                    webroot,
                    "is set beside gatehouse.acme.domains",
                    "Remove it where Gatehouse obtains the certificate itself, or remove"
                            + " gatehouse.acme.domains where another ACME client does.",
                    null);
        }
        for (int i = 0; i < domains.size(); i++) {
            if (domains.indexOf(domains.get(i)) < i) {
                throw invalid(
                        "domains[" + i + "]",
                        domains.get(i),
                        "is listed twice",
                        "List each name once.",
                        null);
            }
        }
    }

    private static void checkName(String property, String name) {
        if (name.startsWith("*.")) {
            throw new InvalidPropertyException(
                    property,
                    name,
                    "is a wildcard, which cannot be proved by http-01",
                    "List the names one by one; or obtain the wildcard by a client that does dns-01,"
                            + " and set spring.ssl.bundle.pem.site.keystore.* to its files.");
        }
        if (isAddress(name)) {
            checkAddress(property, name);
        } else if (!DNS_NAME.matcher(name).matches()) {
            throw new InvalidPropertyException(
                    property,
                    name,
                    "is not a DNS name",
                    suggestion(name)
                            + "Set it to a name such as www.example.com, without scheme, port, path"
                            + " or trailing dot.");
        }
    }

    private static String suggestion(String name) {
        try {
            String ascii = IDN.toASCII(name).toLowerCase(Locale.ROOT);
            return !ascii.equals(name) && DNS_NAME.matcher(ascii).matches()
                    ? "In DNS it is " + ascii + ". "
                    : "";
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static void checkAddress(String property, String address) {
        try {
            InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException ex) {
            throw new InvalidPropertyException(
                    property,
                    address,
                    "is neither a DNS name nor an address",
                    "Set it to a name such as www.example.com.",
                    ex);
        }
    }

    private static void checkAddresses(
            List<String> domains, CaDirectory directory, @Nullable String profile) {
        if (directory.isLetsEncrypt() && SHORT_LIVED.equals(profile)) {
            return;
        }
        for (int i = 0; i < domains.size(); i++) {
            boolean refused = directory.isLetsEncrypt() || directory.isZeroSsl();
            if (refused && isAddress(domains.get(i))) {
                throw invalid(
                        "domains[" + i + "]",
                        domains.get(i),
                        "is an address, for which %s gives no certificate with %s"
                                .formatted(
                                        directory.isZeroSsl() ? "ZeroSSL" : "Let's Encrypt",
                                        profile == null
                                                ? "its default profile"
                                                : "profile '" + profile + "'"),
                        "Use a DNS name, or Let's Encrypt with gatehouse.acme.profile = shortlived.",
                        null);
            }
        }
    }

    private static void checkChallenge(String challenge) {
        if (!challenge.equals("http-01")) {
            throw invalid(
                    "challenge",
                    challenge,
                    "is not supported",
                    "Set it to http-01, or leave it out: the certificate authority must reach port 80."
                            + " Where it cannot, use a client that does dns-01 and set"
                            + " spring.ssl.bundle.pem.site.keystore.* to its files.",
                    null);
        }
    }

    private static void checkEmail(@Nullable String email) {
        if (email != null && !EMAIL.matcher(email).matches()) {
            throw invalid(
                    "email",
                    email,
                    "is not an e-mail address",
                    "Set it to one address such as admin@example.com, or leave it out.",
                    null);
        }
    }

    private static void checkTrustedCa(Path file) {
        try {
            if (!PemContent.of(Files.readString(file)).getCertificates().isEmpty()) {
                return;
            }
        } catch (IOException ex) {
            throw invalid(
                    "trusted-ca",
                    file,
                    "cannot be read by user '" + System.getProperty("user.name") + "'",
                    "Set it to the PEM file of the ACME server's root certificate.",
                    ex);
        } catch (RuntimeException _) {
            // said below
        }
        throw invalid(
                "trusted-ca",
                file,
                "has no certificate in PEM form",
                "Set it to the PEM file of the ACME server's root certificate.",
                null);
    }

    private static void checkWebroot(Path webroot) {
        if (!Files.isDirectory(webroot)) {
            throw invalidWebroot(webroot, "is not a folder");
        }
        if (!(Files.isReadable(webroot) && Files.isExecutable(webroot))) {
            throw invalidWebroot(
                    webroot, "cannot be read by user '" + System.getProperty("user.name") + "'");
        }
    }

    private static InvalidPropertyException invalidWebroot(Path webroot, String problem) {
        return invalid(
                "webroot",
                webroot,
                problem,
                "Set it to the folder that your ACME client writes to (certbot: --webroot-path),"
                        + " or leave it out.",
                null);
    }

    private static InvalidPropertyException invalid(
            String name,
            @Nullable Object value,
            String problem,
            String remedy,
            @Nullable Throwable cause) {
        return new InvalidPropertyException(PREFIX + name, value, problem, remedy, cause);
    }
}
