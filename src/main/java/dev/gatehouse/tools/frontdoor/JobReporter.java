package dev.gatehouse.tools.frontdoor;

/** Publishes what happens to a job while its work runs. */
@FunctionalInterface
public interface JobReporter {

    void publish(String type, Object data);
}
