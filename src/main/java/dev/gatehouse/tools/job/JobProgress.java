package dev.gatehouse.tools.job;

/** Where work says how far it is. */
@FunctionalInterface
public interface JobProgress {

    /** Makes it known to all who watch. */
    void tell(String type, Object data);
}
