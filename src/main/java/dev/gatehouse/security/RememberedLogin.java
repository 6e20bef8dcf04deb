package dev.gatehouse.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.bucket4j.TimeMeter;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The last correct login, for {@link #KEPT} after its last use: the same credentials need no other
 * password comparison. What is kept is an HMAC under a random key of this process, never the
 * password.
 */
class RememberedLogin {

    static final Duration KEPT = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final TimeMeter clock;
    private final SecretKeySpec key;
    private volatile @Nullable Entry entry;

    RememberedLogin(TimeMeter clock) {
        this.clock = clock;
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    boolean isRemembered(String name, String password) {
        Entry current = entry;
        if (current == null || clock.currentTimeNanos() - current.until > 0) {
            return false;
        }
        byte[] digest = digest(name, password);
        boolean isSame = MessageDigest.isEqual(digest, current.digest);
        if (isSame) {
            remember(digest);
        }
        return isSame;
    }

    void remember(String name, String password) {
        remember(digest(name, password));
    }

    private void remember(byte[] digest) {
        entry = new Entry(digest, clock.currentTimeNanos() + KEPT.toNanos());
    }

    /** A user name of Basic authentication has no colon, so that no two pairs are one text. */
    private byte[] digest(String name, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal((name + ':' + password).getBytes(UTF_8));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, ex);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Entry(byte[] digest, long until) {}
}
