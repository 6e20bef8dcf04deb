package dev.gatehouse.connector.nio;

import java.time.Duration;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.jspecify.annotations.Nullable;

/**
 * When a visitor on a fresh connection was last answered: evidence that one connector lives. A
 * connection is fresh up to the age at which a probe would give up, so that a visitor whom a busy
 * server keeps waiting counts, and one who connected before a fault does not count for long. Health
 * checks, own and kubelet's, are no visitors, and an answer with a status of 500 or more is no
 * evidence.
 */
public class VisitorAnswers {

    /** User agent of the probes of this server, of itself. */
    public static final String PROBE_USER_AGENT = "gatehouse-probe";

    private static final String OWN_USER_AGENTS = "gatehouse-";
    private static final String KUBELET_USER_AGENT = "kube-probe/";
    private static final int FIRST_SERVER_ERROR = 500;

    private final long freshNanos;
    private volatile long lastAnswerNanos;
    private volatile boolean any;

    /**
     * Makes the record of one connector.
     *
     * @param maxAge age up to which a connection counts as fresh
     */
    public VisitorAnswers(Duration maxAge) {
        freshNanos = maxAge.toNanos();
    }

    /** Whether this answer to the first request of a connection says that the connector lives. */
    static boolean isEvidence(Request request, Response response) {
        return response.getStatus() < FIRST_SERVER_ERROR
                && !isHealthCheck(request.getHeader("User-Agent"));
    }

    private static boolean isHealthCheck(@Nullable String userAgent) {
        return userAgent != null
                && (userAgent.startsWith(OWN_USER_AGENTS)
                        || userAgent.startsWith(KUBELET_USER_AGENT));
    }

    /** The first request on that connection got a good answer. */
    public void answered(ConnectionProgress connection) {
        long now = System.nanoTime();
        if (connection.ageNanos(now) <= freshNanos) {
            lastAnswerNanos = now;
            any = true;
        }
    }

    /** Nanoseconds since the last answer on a fresh connection; a very long time if none. */
    public long ageNanos() {
        return any ? System.nanoTime() - lastAnswerNanos : Long.MAX_VALUE;
    }
}
