package dev.gatehouse.load;

import java.util.List;

/**
 * What came of a load.
 *
 * @param capacity visitors a second that were answered before the load
 * @param visitors what became of those who came at four times that rate
 * @param notServed how many of them were not: none would mean that nothing was saturated
 * @param kubelet what those were answered who asked for liveness from outside
 * @param idle the fewest idle connections over TLS that were open while saturated
 * @param busy how often a connector was called busy while saturated
 * @param deaths how often one was called dead while saturated, wrongly
 * @param down how often liveness went DOWN while saturated, wrongly
 * @param faults each fault that was injected then, and how soon it was found
 */
record LoadReport(
        double capacity,
        String visitors,
        long notServed,
        String kubelet,
        int idle,
        long busy,
        long deaths,
        long down,
        List<String> faults) {

    @Override
    public String toString() {
        return """
        capacity: %.0f visitors a second on fresh TLS connections
        offered: four times that: %s
        liveness asked each 2 s: %s
        idle connections over TLS open, at the fewest: %d
        called BUSY: %d times; called DEAD: %d times; liveness DOWN: %d times
        %s"""
                .formatted(
                        capacity,
                        visitors,
                        kubelet,
                        idle,
                        busy,
                        deaths,
                        down,
                        String.join("\n", faults));
    }
}
