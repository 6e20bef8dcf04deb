package dev.gatehouse.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenewalScheduleTests {

    private static final KeyPair KEY = KeyType.ECDSA_P256.generate();
    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"90, 30, 33", "45, 15, 16.5", "6, 2, 2.2"})
    void renewsWithAThirdOfTheLifeLeftWhenNoWindowIsOffered(
            int days, double atLeast, double atMost) {
        List<Double> left = new ArrayList<>();
        for (int serial = 1; serial <= 200; serial++) {
            X509Certificate certificate = certificate(serial, days);
            Instant at = RenewalSchedule.renewAt(certificate, null);
            assertThat(RenewalSchedule.renewAt(certificate, null)).isEqualTo(at);
            left.add(
                    Duration.between(at, certificate.getNotAfter().toInstant()).toMinutes()
                            / 1440.0);
        }

        double spread = atMost - atLeast;
        assertThat(left)
                .allMatch(value -> value >= atLeast - 0.01 && value <= atMost + 0.01)
                .anyMatch(value -> value < atLeast + spread / 10)
                .anyMatch(value -> value > atMost - spread / 10);
    }

    @Test
    void renewsWithinTheWindowWhenOneIsOffered() {
        RenewalWindow window = window(NOW.plus(Duration.ofDays(3)), NOW.plus(Duration.ofDays(5)));
        List<Instant> times = new ArrayList<>();
        for (int serial = 1; serial <= 200; serial++) {
            times.add(RenewalSchedule.renewAt(certificate(serial, 90), window));
        }

        assertThat(times)
                .allMatch(at -> !at.isBefore(window.start()) && !at.isAfter(window.end()))
                .anyMatch(at -> at.isBefore(window.start().plus(Duration.ofHours(5))))
                .anyMatch(at -> at.isAfter(window.end().minus(Duration.ofHours(5))));
    }

    @Test
    void renewsBeforeTheEndWhenWindowIsBehindIt() {
        X509Certificate certificate = certificate(1, 90);
        RenewalWindow window =
                window(NOW.plus(Duration.ofDays(100)), NOW.plus(Duration.ofDays(101)));

        assertThat(RenewalSchedule.renewAt(certificate, window))
                .isEqualTo(certificate.getNotAfter().toInstant().minus(Duration.ofDays(9)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "10, 512", "11, 720", "40, 720", "1000, 720"})
    void doublesBackOffUpToTwelveHours(int failures, long minutes) {
        assertThat(RenewalSchedule.nextAttempt(NOW, failures, 0, null))
                .isEqualTo(NOW.plus(Duration.ofMinutes(minutes)));
        assertThat(RenewalSchedule.nextAttempt(NOW, failures, 1, null))
                .isEqualTo(NOW.plus(Duration.ofSeconds(minutes * 66)));
    }

    @Test
    void waitsAsLongAsTheAuthorityAsks() {
        Instant tomorrow = NOW.plus(Duration.ofDays(1));

        assertThat(RenewalSchedule.nextAttempt(NOW, 1, 0, tomorrow)).isEqualTo(tomorrow);
        assertThat(RenewalSchedule.nextAttempt(NOW, 5, 0, NOW.plusSeconds(5)))
                .isEqualTo(NOW.plus(Duration.ofMinutes(16)));
        assertThat(RenewalSchedule.nextAttempt(NOW, 1, 0, NOW.plus(Duration.ofDays(36500))))
                .isEqualTo(NOW.plus(Duration.ofDays(8)));
    }

    @Test
    void asksForTheWindowAsOftenAsTheAuthorityWantsWithinLimits() {
        assertThat(askAgain(null)).isEqualTo(NOW.plus(Duration.ofHours(6)));
        assertThat(askAgain(NOW.plus(Duration.ofHours(2))))
                .isEqualTo(NOW.plus(Duration.ofHours(2)));
        assertThat(askAgain(NOW)).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
        assertThat(askAgain(NOW.plus(Duration.ofDays(90)))).isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void refusesWindowThatEndsBeforeItStarts() {
        assertThatIllegalArgumentException().isThrownBy(() -> window(NOW, NOW));
    }

    private static Instant askAgain(@Nullable Instant retryAfter) {
        return RenewalWindow.of(NOW, NOW.plusSeconds(60), retryAfter, null, NOW).askAgain();
    }

    private static RenewalWindow window(Instant start, Instant end) {
        return RenewalWindow.of(start, end, null, null, NOW);
    }

    private static X509Certificate certificate(int serial, int days) {
        return TestAuthority.issue(
                BigInteger.valueOf(serial),
                KEY.getPublic(),
                NOW,
                NOW.plus(Duration.ofDays(days)),
                "site.test");
    }
}
