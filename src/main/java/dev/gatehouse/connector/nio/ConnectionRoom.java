package dev.gatehouse.connector.nio;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The number of TLS connections that the memory of the container has room for. Their native memory
 * is bounded by nothing else: beyond it the kernel would end the process.
 */
public final class ConnectionRoom {

    /** Native memory of one, in use: 24 to 28 KB of BoringSSL, and its socket's in the kernel. */
    private static final int CONNECTION_BYTES = 32 << 10;

    /** What is neither heap nor a connection's: classes, code, compilers, collector, libraries. */
    private static final long OTHER_BYTES = 113L << 20;

    private static final int LEAST = 256;

    private ConnectionRoom() {}

    /** That of this process, whose container or {@code -XX:MaxRAM} limits its memory. */
    public static int ofThisProcess() {
        return of(
                Math.min(
                        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                                .getTotalMemorySize(),
                        mostUsedByJvm()),
                Runtime.getRuntime().maxMemory());
    }

    private static long mostUsedByJvm() {
        HotSpotDiagnosticMXBean jvm =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        return Long.parseLong(jvm.getVMOption("MaxRAM").getValue());
    }

    /** That of a process with that memory, of which the heap may take that much. */
    static int of(long memoryBytes, long heapBytes) {
        return Math.clamp(
                (memoryBytes - heapBytes - OTHER_BYTES) / CONNECTION_BYTES,
                LEAST,
                Integer.MAX_VALUE);
    }
}
