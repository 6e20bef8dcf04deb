package dev.gatehouse.liveness;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gatehouse.liveness.ProbeResult.Failure;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Since when the process has been out of file descriptors. */
class FileDescriptors {

    /** A probe or an accept needs one or two. */
    private static final long RESERVE = 2;

    private @Nullable Instant outSince;

    @Nullable Instant outSince(ProbeTally probes, Instant now) {
        boolean out = probes.failedBy(Failure.OUT_OF_DESCRIPTORS) || isAtLimit();
        if (!out) {
            outSince = null;
        } else if (outSince == null) {
            outSince = now;
        }
        return outSince;
    }

    private static boolean isAtLimit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
                && os.getOpenFileDescriptorCount() + RESERVE >= os.getMaxFileDescriptorCount();
    }
}
