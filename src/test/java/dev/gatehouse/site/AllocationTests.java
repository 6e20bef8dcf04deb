package dev.gatehouse.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** A browser's request without conditions allocates nothing for negotiation and conditions. */
class AllocationTests {

    private static final int CALLS = 10_000;

    private static final Representation PLAIN =
            new MemoryRepresentation("\"a\"", null, new byte[0]);

    private static final HttpDate DATE =
            HttpDate.lastModified(Instant.EPOCH, Instant.ofEpochSecond(100));

    @Test
    void requestWhenWithoutConditionsAllocatesNothing() {
        BrowserRequest request = new BrowserRequest();
        evaluate(request);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            evaluate(request);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / CALLS).isZero();
    }

    private static void evaluate(BrowserRequest request) {
        Representation chosen = AcceptEncoding.choose(request, PLAIN, PLAIN, PLAIN);
        if (Preconditions.evaluate(request, chosen.etag(), DATE) != Preconditions.Outcome.PASSED) {
            throw new IllegalStateException();
        }
    }

    private static final class BrowserRequest extends HttpServletRequestWrapper {

        BrowserRequest() {
            super(new MockHttpServletRequest("GET", "/"));
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equals("Accept-Encoding") ? "gzip, deflate, br, zstd" : null;
        }
    }
}
