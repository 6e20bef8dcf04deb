package dev.gatehouse.load;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and sockets a process may have open here: this one, and one that it starts. */
final class Descriptors {

    private Descriptors() {}

    static int most() {
        UnixOperatingSystemMXBean os =
                (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, os.getMaxFileDescriptorCount()));
    }

    /** Skips a test that needs more of them than this machine gives. */
    static void assumeAtLeast(int needed) {
        assumeThat(most()).as("file descriptors").isGreaterThanOrEqualTo(needed);
    }
}
