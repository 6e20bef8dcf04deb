package dev.gatehouse.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.Extension;

/**
 * Awaits a condition for a minute where a test names no time: a machine that does much else needs
 * more than Awaitility's 10 s. JUnit finds it as a service and creates it once, before any test.
 */
public final class LongAwaits implements Extension {

    public LongAwaits() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }
}
