package dev.gatehouse.liveness;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gatehouse.liveness.ProbeResult.Failure;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Detects since when the process has been out of file descriptors. */
class FileDescriptors {

    /**
     * A TLS probe needs one, its server side three (BoringSSL uses a pipe), and a visitor as many.
     */
    private static final long RESERVE = 8;

    private @Nullable Instant outSince;

    @Nullable Instant outSince(ProbeHistory probes, Instant now) {
        boolean out = probes.failedBy(Failure.OUT_OF_DESCRIPTORS) || isAtLimit();
        if (!out) {
            outSince = null;
        } else if (outSince == null) {
            outSince = now;
        }
        return outSince;
    }

    /** Counting needs a descriptor, and throws an InternalError where there is none. */
    private static boolean isAtLimit() {
        try {
            return ManagementFactory.getOperatingSystemMXBean()
                            instanceof UnixOperatingSystemMXBean os
                    && os.getOpenFileDescriptorCount() + RESERVE >= os.getMaxFileDescriptorCount();
        } catch (InternalError _) {
            return true;
        }
    }
}
