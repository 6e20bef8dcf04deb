package dev.gatehouse.liveness;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The instances of this service that live, where a feature lets them know each other. */
public interface InstanceDirectory {

    /** All, this one included, as they said a moment ago; never waits. */
    List<Instance> live();

    /**
     * An instance.
     *
     * @param verdicts what it says of its connectors, {@code http} and {@code https}: {@code
     *     alive}, {@code busy}, {@code dead} or {@code unknown}
     */
    record Instance(String name, Instant startedAt, Map<String, String> verdicts) {}
}
