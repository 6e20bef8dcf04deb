package dev.gatehouse.accesslog;

import dev.gatehouse.accesslog.AccessEvent.Unread;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Limits the lines of requests that could not be read: a few a second for each peer, and a sum of
 * the rest, so that a flood of them does not bury other lines.
 */
class UnreadableRequestLimiter {

    private static final int LINES_A_SECOND_AND_PEER = 3;
    private static final int MOST_PEERS = 1000;
    private static final long SECOND = 1000;
    private static final long SUM_EVERY = 10 * SECOND;

    private final Map<String, Integer> thisSecond = new HashMap<>();
    private final Set<String> summedPeers = new HashSet<>();
    private long second;
    private long summed;
    private long lastSum;

    /** Whether a request of that peer gets a line of its own. */
    synchronized boolean admits(@Nullable String peer, long now) {
        if (now / SECOND != second) {
            second = now / SECOND;
            thisSecond.clear();
        }
        String key = String.valueOf(peer);
        boolean admitted =
                (thisSecond.size() < MOST_PEERS || thisSecond.containsKey(key))
                        && thisSecond.merge(key, 1, Integer::sum) <= LINES_A_SECOND_AND_PEER;
        if (!admitted) {
            summed++;
            if (summedPeers.size() < MOST_PEERS) {
                summedPeers.add(key);
            }
        }
        return admitted;
    }

    /** The sum of the rest, at most every ten seconds. */
    synchronized Optional<Unread> sum(long now) {
        if (summed == 0 || now - lastSum < SUM_EVERY) {
            return Optional.empty();
        }
        Unread sum = new Unread(now, summed, summedPeers.size());
        summed = 0;
        summedPeers.clear();
        lastSum = now;
        return Optional.of(sum);
    }
}
