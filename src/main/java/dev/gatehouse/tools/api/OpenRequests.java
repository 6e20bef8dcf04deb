package dev.gatehouse.tools.api;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the event streams and waiting requests that this instance keeps open: each costs a
 * connection and memory, for as long as the client likes.
 */
final class OpenRequests {

    private final int perCaller;
    private final int inTotal;
    private final Map<String, Integer> byCaller = new HashMap<>();
    private int total;

    OpenRequests(int perCaller, int inTotal) {
        this.perCaller = perCaller;
        this.inTotal = inTotal;
    }

    /** Takes a place, which is to be released; where there is none, returns why. */
    synchronized @Nullable ApiProblem take(Caller caller) {
        int most = caller.isGateway() ? perCaller * JobSubmissions.GATEWAY_FACTOR : perCaller;
        if (byCaller.getOrDefault(caller.key(), 0) >= most) {
            return ApiProblem.OPEN_STREAMS;
        }
        if (total >= inTotal) {
            return ApiProblem.OPEN_STREAMS_IN_TOTAL;
        }
        byCaller.merge(caller.key(), 1, Integer::sum);
        total++;
        return null;
    }

    synchronized void release(Caller caller) {
        byCaller.computeIfPresent(caller.key(), (_, open) -> open == 1 ? null : open - 1);
        total--;
    }
}
