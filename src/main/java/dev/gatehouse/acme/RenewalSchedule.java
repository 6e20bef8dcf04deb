package dev.gatehouse.acme;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a certificate is renewed, and when a failed attempt is repeated. */
final class RenewalSchedule {

    /** A third of the life before its end: 30 days of 90, 15 of 45, two of six. */
    private static final int THIRD = 3;

    /** By up to a thirtieth of the life sooner: 3 days of 90. */
    private static final int JITTER = 30;

    /** With a tenth of the life left, no renewal window is waited for any longer. */
    private static final int TENTH = 10;

    private static final Duration FIRST_BACK_OFF = Duration.ofMinutes(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofHours(12);

    /** The longest of Let's Encrypt's rate limits is a week: more is taken for an error. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(8);

    private RenewalSchedule() {}

    /**
     * The time at which to renew. It is another one for each certificate, so that certificates of
     * one day are not renewed in one minute, and the same one whenever it is asked for.
     *
     * @param window what the certificate authority suggests, or null
     */
    static Instant renewAt(X509Certificate certificate, @Nullable RenewalWindow window) {
        Instant end = certificate.getNotAfter().toInstant();
        Duration life = Duration.between(certificate.getNotBefore().toInstant(), end);
        double fraction = fraction(certificate);
        if (window == null) {
            return end.minus(life.dividedBy(THIRD)).minus(scaled(life.dividedBy(JITTER), fraction));
        }
        Instant suggested =
                window.start()
                        .plus(scaled(Duration.between(window.start(), window.end()), fraction));
        Instant latest = end.minus(life.dividedBy(TENTH));
        return suggested.isBefore(latest) ? suggested : latest;
    }

    private static Duration scaled(Duration duration, double fraction) {
        return Duration.ofMillis((long) (duration.toMillis() * fraction));
    }

    /** From 0 to 1, evenly: serial numbers are random. */
    private static double fraction(X509Certificate certificate) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(certificate.getSerialNumber().toByteArray());
            return (ByteBuffer.wrap(digest).getInt() & 0xffff_ffffL) / (double) 0xffff_ffffL;
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex); // every Java has it
        }
    }

    /**
     * The time of the next attempt after some failures in a row.
     *
     * @param jitter from 0 to 1
     * @param notBefore what the certificate authority asked for, or null
     */
    static Instant nextAttempt(
            Instant now, int failures, double jitter, @Nullable Instant notBefore) {
        Duration backOff = LONGEST_BACK_OFF;
        int doublings = failures - 1;
        if (doublings < Integer.SIZE - 1) {
            Duration doubled = FIRST_BACK_OFF.multipliedBy(1L << doublings);
            backOff = doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
        }
        Instant next = now.plus(backOff).plus(scaled(backOff.dividedBy(TENTH), jitter));
        if (notBefore == null || notBefore.isBefore(next)) {
            return next;
        }
        Instant latest = now.plus(LONGEST_RETRY_AFTER);
        return notBefore.isBefore(latest) ? notBefore : latest;
    }
}
