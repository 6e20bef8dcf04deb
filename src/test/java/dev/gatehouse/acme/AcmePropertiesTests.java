package dev.gatehouse.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AcmePropertiesTests {

    @TempDir private Path folder;

    @Test
    void takesDefaultsWhenOnlyDomainsAndTermsAreSet() {
        AcmeProperties properties = bind("domains", "Example.com,www.example.com");

        assertThat(properties.domains()).containsExactly("example.com", "www.example.com");
        assertThat(properties.ca()).hasToString("https://acme-v02.api.letsencrypt.org/directory");
        assertThat(properties.keyType()).isEqualTo(KeyType.ECDSA_P256);
        assertThat(properties.challenge()).isEqualTo("http-01");
        assertThat(properties.pendingUnready()).isFalse();
        assertThat(properties.profile()).isNull();
        assertThat(properties.email()).isNull();
        assertThat(properties.eab().isSet()).isFalse();
        assertThat(properties.storage()).isNull();
        assertThat(properties.trustedCa()).isNull();
        assertThat(properties.preferredChain()).isNull();
        assertThat(properties.webroot()).isNull();
    }

    @Test
    void stopsWhenWebrootIsNoFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        InvalidPropertyException failure =
                failure("webroot", file.toString(), "terms-of-service-agreed", "false");

        assertThat(failure)
                .hasMessage("gatehouse.acme.webroot = '%s' is not a folder.".formatted(file));
        assertThat(failure.remedy())
                .isEqualTo(
                        """
                        Set it to the folder that your ACME client writes to (certbot: \
                        --webroot-path), or leave it out.""");
    }

    @Test
    void takesWebrootWhenItIsAFolder() {
        assertThat(bind("webroot", folder.toString()).webroot()).isEqualTo(folder);
    }

    @Test
    void stopsWhenTermsAreNotAgreed() {
        InvalidPropertyException failure =
                failure("domains", "example.com", "terms-of-service-agreed", "false");

        assertThat(failure)
                .hasMessage(
                        "gatehouse.acme.terms-of-service-agreed = 'false' does not agree to the"
                                + " certificate authority's terms of service.");
        assertThat(failure.remedy()).contains("set it to true");
    }

    @Test
    void stopsWhenWebrootStandsBesideDomains() {
        assertThat(failure("domains", "example.com", "webroot", folder.toString()))
                .hasMessage(
                        "gatehouse.acme.webroot = '%s' is set beside gatehouse.acme.domains."
                                .formatted(folder));
    }

    @Test
    void stopsWhenNameIsAWildcard() {
        InvalidPropertyException failure = failure("domains", "example.com,*.example.com");

        assertThat(failure)
                .hasMessage(
                        "gatehouse.acme.domains[1] = '*.example.com' is a wildcard, which cannot be"
                                + " proved by http-01.");
        assertThat(failure.remedy()).contains("dns-01");
    }

    @Test
    void stopsWhenNameIsListedTwice() {
        assertThat(failure("domains", "example.com,EXAMPLE.com"))
                .hasMessage("gatehouse.acme.domains[1] = 'example.com' is listed twice.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "example.com:443",
                "example.com/path",
                "example.com.",
                "-example.com",
                "example-.com",
                "exa mple.com",
                "exa_mple.com",
                "example..com",
                "1.2.3",
                "${domain}",
                "a23456789012345678901234567890123456789012345678901234567890123456.com"
            })
    void stopsWhenDomainIsNoDnsName(String name) {
        assertThat(failure("domains[0]", name))
                .hasMessage("gatehouse.acme.domains[0] = '%s' is not a DNS name.".formatted(name));
    }

    @Test
    void suggestsPunycodeWhenNameIsInternational() {
        assertThat(failure("domains", "bücher.example").remedy())
                .startsWith("In DNS it is xn--bcher-kva.example.");
    }

    @ParameterizedTest
    @CsvSource({
        "letsencrypt,,its default profile",
        "letsencrypt,classic,profile 'classic'",
        "letsencrypt-staging,tlsserver,profile 'tlsserver'"
    })
    void stopsWhenAddressHasNoProfileThatAllowsIt(
            String directory, String profile, String described) {
        InvalidPropertyException failure =
                failure(
                        "domains",
                        "192.0.2.1",
                        "directory",
                        directory,
                        "profile",
                        profile == null ? "" : profile);

        assertThat(failure)
                .hasMessage(
                        "gatehouse.acme.domains[0] = '192.0.2.1' is an address, for which Let's"
                                + " Encrypt gives no certificate with "
                                + described
                                + ".");
        assertThat(failure.remedy()).contains("gatehouse.acme.profile = shortlived");
    }

    @Test
    void takesAddressWhenProfileAllowsItOrCaIsAnother() {
        assertThat(bind("domains", "192.0.2.1,2001:db8::1", "profile", "shortlived").domains())
                .hasSize(2);
        assertThat(bind("domains", "192.0.2.1", "directory", "https://ca.internal/dir").domains())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.300", "2001:db8::1::2", "ab.cd:443"})
    void stopsWhenAddressIsNone(String address) {
        assertThat(failure("domains[0]", address, "directory", "https://ca.internal/dir"))
                .hasMessage(
                        "gatehouse.acme.domains[0] = '%s' is neither a DNS name nor an address."
                                .formatted(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "letsencrypt-stage",
                "http://ca.internal/dir",
                "https://",
                "https://user:secret@ca.internal/dir",
                "ftp://x/y",
                "https://ca internal/"
            })
    void stopsWhenDirectoryIsNeitherNameNorUrl(String directory) {
        assertThat(failure("domains", "example.com", "directory", directory))
                .hasMessage(
                        "gatehouse.acme.directory = '%s' is neither a known certificate authority nor"
                                        .formatted(directory)
                                + " an https:// URL.");
    }

    @Test
    void stopsWhenChallengeIsNotSupported() {
        InvalidPropertyException failure =
                failure("domains", "example.com", "challenge", "tls-alpn-01");

        assertThat(failure)
                .hasMessage("gatehouse.acme.challenge = 'tls-alpn-01' is not supported.");
        assertThat(failure.remedy()).contains("http-01").contains("dns-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "mailto:a@example.com", "a@x.com,b@x.com", "a b@x.com"})
    void stopsWhenEmailIsNone(String email) {
        assertThat(failure("domains", "example.com", "email", email))
                .hasMessage(
                        "gatehouse.acme.email = '%s' is not an e-mail address.".formatted(email));
    }

    @Test
    void stopsWhenZeroSslHasNoAccountBinding() {
        assertThat(failure("domains", "example.com", "directory", "zerossl"))
                .hasMessage("gatehouse.acme.eab.key-id = '' is not set, and ZeroSSL requires it.");
    }

    @Test
    void stopsWhenAccountBindingIsHalf() {
        assertThat(failure("domains", "example.com", "eab.key-id", "kid"))
                .hasMessage(
                        "gatehouse.acme.eab.hmac-key-file = '' is not set, though the other half of"
                                + " the account binding is.");
        assertThat(failure("domains", "example.com", "eab.hmac-key-file", "/x"))
                .hasMessageStartingWith("gatehouse.acme.eab.key-id = '' is not set");
    }

    @Test
    void stopsWithoutTellingItWhenMacKeyIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("hmac"), "s3cret!");

        InvalidPropertyException failure =
                failure(
                        "domains",
                        "example.com",
                        "eab.key-id",
                        "kid",
                        "eab.hmac-key-file",
                        file.toString());

        assertThat(failure)
                .hasMessage(
                        "gatehouse.acme.eab.hmac-key-file = '%s' holds no key in base64url."
                                .formatted(file));
        assertThat(failure.remedy()).doesNotContain("s3cret");
    }

    @Test
    void stopsWhenTrustedCaIsMissingOrNoPem() throws IOException {
        Path file = folder.resolve("ca.pem");
        assertThat(failure("domains", "example.com", "trusted-ca", file.toString()))
                .hasMessageContaining("gatehouse.acme.trusted-ca = '" + file + "' cannot be read");

        Files.writeString(file, "not PEM");

        assertThat(failure("domains", "example.com", "trusted-ca", file.toString()))
                .hasMessage(
                        "gatehouse.acme.trusted-ca = '%s' has no certificate in PEM form."
                                .formatted(file));

        TestCertificate.forNames("ca.internal").writeTo(folder);
        assertThat(
                        bind(
                                        "domains",
                                        "a.test",
                                        "trusted-ca",
                                        folder.resolve("tls.crt").toString())
                                .trustedCa())
                .isNotNull();
    }

    @Test
    void namesFilesOfDirectoriesApart() {
        assertThat(CaDirectory.of("letsencrypt").fileName())
                .isEqualTo("acme-v02.api.letsencrypt.org-directory");
        assertThat(CaDirectory.of("https://127.0.0.1:14000/../dir?x=/y").fileName())
                .isEqualTo("127.0.0.1-14000-..-dir");
    }

    static AcmeProperties bind(String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        values.put("gatehouse.acme.terms-of-service-agreed", "true");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isEmpty()) {
                values.put("gatehouse.acme." + namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("gatehouse.acme", AcmeProperties.class);
    }

    private static InvalidPropertyException failure(String... namesAndValues) {
        BindException thrown =
                catchThrowableOfType(BindException.class, () -> bind(namesAndValues));
        assertThat(thrown).hasRootCauseInstanceOf(Exception.class);
        Throwable cause = thrown;
        while (!(cause instanceof InvalidPropertyException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertThat(cause).isInstanceOf(InvalidPropertyException.class);
        return (InvalidPropertyException) cause;
    }
}
