package dev.gatehouse.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.testing.SettableClock;
import dev.gatehouse.tls.ObtainedCertificate.Pem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The decisions, with an authority and a clock that obey. */
@ExtendWith(OutputCaptureExtension.class)
class CertificateRenewalTests {

    @TempDir private Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T00:00:00Z"));
    private final AcmeProperties properties =
            AcmePropertiesTests.bind("domains", "site.test,www.site.test");
    private final TestAuthority authority = new TestAuthority(properties, clock);
    private final List<Pem> installed = new ArrayList<>();
    private final List<AcmeEvent> events = new ArrayList<>();
    private @Nullable String refusal;
    private AcmeStorage storage;
    private AcmeState state;
    private CertificateRenewal renewal;

    @BeforeEach
    void start() throws AcmeFailure {
        start(properties);
    }

    /** As a process does that starts. */
    private void start(AcmeProperties configured) throws AcmeFailure {
        storage = AcmeStorage.open(folder.resolve("acme"), "gatehouse.acme.storage");
        state = new AcmeState(configured, storage.certificate(), clock);
        renewal =
                new CertificateRenewal(
                        state,
                        storage,
                        authority,
                        pem -> {
                            installed.add(pem);
                            return Optional.ofNullable(refusal);
                        },
                        events::add,
                        clock,
                        () -> 0);
    }

    @Test
    void ordersAndServesWhenStorageIsEmpty() throws Exception {
        assertThat(state.phase()).isEqualTo("pending");

        renewal.look();

        assertThat(authority.orders()).containsExactly(Optional.empty());
        assertThat(installed).hasSize(1);
        assertThat(storage.certificate()).isPresent();
        assertThat(state.phase()).isEqualTo("valid");
        assertThat(state.healthDetails()).containsOnly(Map.entry("acme", "valid"));
        assertThat(events).containsExactly(new AcmeEvent(true, "A new certificate was obtained"));
    }

    @Test
    void doesNothingWhenStoredCertificateIsGoodAtTheStart() throws Exception {
        renewal.look();
        X509Certificate leaf = served();

        start(properties);
        renewal.look();

        assertThat(served()).isEqualTo(leaf);
        assertThat(authority.orders()).hasSize(1);
    }

    @Test
    void renewsWhenClockReachesTheTime() throws Exception {
        renewal.look();
        X509Certificate first = served();
        clock.advance(Duration.ofDays(56));
        renewal.look();
        assertThat(authority.orders()).hasSize(1);

        clock.advance(Duration.ofDays(4));
        renewal.look();

        assertThat(authority.orders()).containsExactly(Optional.empty(), Optional.of(first));
        assertThat(served()).isNotEqualTo(first);
    }

    @Test
    void renewsSixDayCertificateWithinItsLife() throws Exception {
        authority.issueFor(Duration.ofDays(6));
        renewal.look();

        for (int day = 0; day < 60; day++) {
            clock.advance(Duration.ofHours(12));
            renewal.look();
            clock.advance(Duration.ofHours(12));
            renewal.look();
            assertThat(AcmeState.isValid(state.served().orElseThrow(), clock.instant())).isTrue();
        }

        assertThat(authority.orders()).hasSizeBetween(14, 17);
    }

    @Test
    void renewsAtOnceWhenAuthorityMovesTheWindowToThePast() throws Exception {
        renewal.look();
        authority.suggest(window(Duration.ofDays(-2), Duration.ofDays(-1)));

        clock.advance(Duration.ofHours(7));
        renewal.look();

        assertThat(authority.orders()).hasSize(2);
    }

    @Test
    void waitsForTheWindowWhenItIsLaterThanAThird() throws Exception {
        authority.suggest(window(Duration.ofDays(70), Duration.ofDays(71)));
        renewal.look();

        clock.advance(Duration.ofDays(65));
        renewal.look();
        assertThat(authority.orders()).hasSize(1);

        clock.advance(Duration.ofDays(6));
        renewal.look();
        assertThat(authority.orders()).hasSize(2);
    }

    @Test
    void servesOnAndBacksOffWhenRenewalFails(CapturedOutput output) throws Exception {
        renewal.look();
        X509Certificate first = served();
        clock.advance(Duration.ofDays(60));
        for (int i = 0; i < 3; i++) {
            authority.failWith(FailureKind.CONNECTION, null);
        }

        int looks = 0;
        while (authority.orders().size() < 5 && looks++ < 60) {
            renewal.look();
            clock.advance(Duration.ofMinutes(1));
        }

        // at minutes 0, 1, 3 and 7
        assertThat(looks).isEqualTo(8);
        assertThat(installed).hasSize(2);
        assertThat(served()).isNotEqualTo(first);
        assertThat(output.getOut().lines().filter(line -> line.contains("WARN")))
                .hasSize(3)
                .first()
                .asString()
                .contains(
                        "No new certificate for site.test, www.site.test from"
                                + " https://acme-v02.api.letsencrypt.org/directory (connection): it"
                                + " failed. Let everybody reach port 80 of this server")
                .contains("Served: the old certificate, until 2027-02-25T00:00:00Z.")
                .contains("Next attempt at 2027-01-26T00:01:00Z");
    }

    @Test
    void saysFailureInHealthWhileItLasts() throws Exception {
        authority.failWith(FailureKind.DNS, null);

        renewal.look();

        assertThat(state.phase()).isEqualTo("pending");
        assertThat(state.healthDetails())
                .containsEntry("acme", "pending")
                .containsEntry("acmeFailure", "it failed")
                .containsEntry("acmeRemedy", FailureKind.DNS.remedy())
                .containsEntry("acmeNextAttempt", clock.instant().plusSeconds(60));
        assertThat(state.isUnready()).isFalse();
        assertThat(events).containsExactly(new AcmeEvent(false, "it failed"));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new AcmeMetrics(state, clock).bindTo(registry);
        assertThat(
                        registry.get("gatehouse.acme.failures")
                                .tag("kind", "dns")
                                .functionCounter()
                                .count())
                .isEqualTo(1);
        assertThat(registry.get("gatehouse.acme.days.left").gauge().value()).isNaN();

        clock.advance(Duration.ofMinutes(1));
        renewal.look();

        assertThat(state.healthDetails()).containsOnlyKeys("acme");
        assertThat(registry.get("gatehouse.acme.days.left").gauge().value()).isEqualTo(90);
        assertThat(registry.get("gatehouse.acme.next.renewal").timeGauge().value())
                .isBetween(57 * 86400.0, 60 * 86400.0);
        assertThat(registry.get("gatehouse.acme.last.success").timeGauge().value()).isZero();
    }

    @Test
    void isUnreadyWhilePendingWhenThatIsWanted() throws Exception {
        start(AcmePropertiesTests.bind("domains", "site.test", "pending-unready", "true"));
        assertThat(state.isUnready()).isTrue();

        renewal.look();

        assertThat(state.isUnready()).isFalse();
    }

    @Test
    void neverOrdersBeforeTheAuthorityAllowsItEvenAfterARestart() throws Exception {
        Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
        authority.failWith(FailureKind.RATE_LIMIT, tomorrow);
        renewal.look();
        assertThat(renewal.forbiddenUntil()).contains(tomorrow);

        start(properties);
        clock.advance(Duration.ofHours(23));
        renewal.look();
        renewal.renew();
        assertThat(authority.orders()).hasSize(1);
        assertThat(state.nextAttempt()).contains(tomorrow);

        clock.advance(Duration.ofHours(1));
        renewal.look();
        assertThat(authority.orders()).hasSize(2);
        assertThat(state.phase()).isEqualTo("valid");
    }

    @Test
    void waitsAnHourWhenLimitedWithoutATime() throws Exception {
        authority.failWith(FailureKind.RATE_LIMIT, null);
        renewal.look();

        clock.advance(Duration.ofMinutes(59));
        renewal.look();
        assertThat(authority.orders()).hasSize(1);

        clock.advance(Duration.ofMinutes(1));
        renewal.look();
        assertThat(authority.orders()).hasSize(2);
    }

    @Test
    void stopsStartWhenDefaultCertificateIsConfiguredToo() {
        SslProperties ssl = new SslProperties();
        PemSslBundleProperties site = new PemSslBundleProperties();
        site.getKeystore().setCertificate("/tls/tls.crt");
        ssl.getBundle().getPem().put("site", site);

        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(
                        () ->
                                CertificateRenewalConfiguration.rejectConfiguredFiles(
                                        properties.domains(), ssl))
                .withMessage(
                        "gatehouse.acme.domains = 'site.test, www.site.test' is set beside"
                                + " spring.ssl.bundle.pem.site.keystore.");
    }

    @Test
    void triesAtOnceWhenRestartedAfterAnOwnBackOffOrWithOtherNames() throws Exception {
        authority.failWith(FailureKind.DNS, null);
        renewal.look();
        start(properties);
        authority.failWith(FailureKind.RATE_LIMIT, clock.instant().plus(Duration.ofDays(7)));
        renewal.look();
        assertThat(authority.orders()).hasSize(2);

        start(AcmePropertiesTests.bind("domains", "site.test"));
        renewal.look();

        assertThat(authority.orders()).hasSize(3);
    }

    @Test
    void ordersAndServesOnWhenConfigurationChanged() throws Exception {
        renewal.look();
        X509Certificate first = served();

        for (AcmeProperties changed :
                List.of(
                        AcmePropertiesTests.bind("domains", "site.test"),
                        AcmePropertiesTests.bind(
                                "domains", "site.test", "directory", "letsencrypt-staging"),
                        AcmePropertiesTests.bind("domains", "site.test", "key-type", "rsa-2048"),
                        AcmePropertiesTests.bind("domains", "site.test", "profile", "classic"))) {
            start(changed);
            authority.failWith(FailureKind.UNREACHABLE, null);
            int before = authority.orders().size();
            renewal.look();

            assertThat(authority.orders()).hasSize(before + 1);
            assertThat(served()).isEqualTo(first);
        }
        assertThat(authority.orders().subList(1, 5))
                .as("only the same authority knows what is replaced")
                .containsExactly(
                        Optional.of(first),
                        Optional.empty(),
                        Optional.of(first),
                        Optional.of(first));
    }

    @Test
    void takesUpWhatAnotherProcessStored() throws Exception {
        renewal.look();
        StoredFile another = authority.issue();

        storage.saveCertificate(another);
        renewal.look();

        assertThat(served()).isEqualTo(another.leaf());
        assertThat(authority.orders()).hasSize(1);
    }

    @Test
    void doesNotOrderWhenAnotherProcessOrders() throws Exception {
        try (AcmeStorage.Lock _ = storage.tryLock().orElseThrow()) {
            renewal.look();

            assertThat(authority.orders()).isEmpty();
            assertThat(renewal.pause()).isEqualTo(Duration.ofSeconds(15));
            storage.saveCertificate(authority.issue());
        }

        renewal.look();

        assertThat(authority.orders()).isEmpty();
        assertThat(state.phase()).isEqualTo("valid");
        assertThat(renewal.pause()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void ordersAgainAndServesOnWhenStorageIsLost() throws Exception {
        renewal.look();
        X509Certificate first = served();
        Files.delete(folder.resolve("acme/certificate.pem"));
        authority.failWith(FailureKind.UNREACHABLE, null);

        renewal.look();
        assertThat(served()).isEqualTo(first);

        clock.advance(Duration.ofMinutes(2));
        renewal.look();
        assertThat(storage.certificate()).isPresent();
    }

    @Test
    void neitherOrdersNorOverwritesWhenStoredFileIsDamagedMeanwhile(CapturedOutput output)
            throws Exception {
        renewal.look();
        X509Certificate first = served();
        Path file = folder.resolve("acme/certificate.pem");
        Files.writeString(file, "damaged");
        clock.advance(Duration.ofDays(80));

        renewal.look();
        renewal.look();

        assertThat(authority.orders()).hasSize(1);
        assertThat(file).hasContent("damaged");
        assertThat(served()).isEqualTo(first);
        assertThat(output.getOut().lines().filter(line -> line.contains("WARN")))
                .singleElement()
                .asString()
                .contains("(storage)")
                .contains("certificate.pem is damaged");
    }

    @Test
    void failsWhenTheTimeToWaitUntilIsDamaged() throws Exception {
        Map<String, String> facts = new HashMap<>(properties.wanted());
        facts.put("until", "tomorrow");
        storage.saveRetryAfter(new StoredFile(facts, null, List.of()));

        renewal.look();

        assertThat(authority.orders()).isEmpty();
        AcmeState.Failure failure = state.lastFailure().orElseThrow();
        assertThat(failure.kind()).isEqualTo(FailureKind.STORAGE);
        assertThat(failure.message()).contains("retry-after is damaged");
    }

    @Test
    void keepsWhatCameWhenItCannotBeServed() throws Exception {
        refusal = "no handshake is possible with it";
        renewal.look();
        assertThat(state.lastFailure().orElseThrow().kind()).isEqualTo(FailureKind.NOT_SERVED);
        assertThat(state.phase()).isEqualTo("pending");

        refusal = null;
        clock.advance(Duration.ofMinutes(2));
        renewal.look();

        assertThat(state.phase()).isEqualTo("valid");
        assertThat(authority.orders()).hasSize(1);
    }

    @Test
    void renewsNowWhenAsked() throws Exception {
        renewal.look();

        renewal.renew();

        assertThat(authority.orders()).hasSize(2);
    }

    @Test
    void ordersOnceWhenAskedTwiceAtATime() throws Exception {
        authority.whileOrdering(
                () -> {
                    assertThat(renewal.isRunning()).isTrue();
                    Thread other =
                            Thread.ofPlatform()
                                    .start(
                                            () -> {
                                                try {
                                                    renewal.renew();
                                                } catch (InterruptedException _) {
                                                    Thread.currentThread().interrupt();
                                                }
                                            });
                    try {
                        other.join();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });

        renewal.look();

        assertThat(authority.orders()).hasSize(1);
    }

    private X509Certificate served() {
        return state.served().orElseThrow().leaf();
    }

    private RenewalWindow window(Duration start, Duration end) {
        return RenewalWindow.of(
                clock.instant().plus(start),
                clock.instant().plus(end),
                null,
                null,
                clock.instant());
    }
}
