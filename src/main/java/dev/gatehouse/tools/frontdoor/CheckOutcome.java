package dev.gatehouse.tools.frontdoor;

/** How a check ended. */
sealed interface CheckOutcome {

    /** With everything looked at. */
    record Whole(Report report) implements CheckOutcome {}

    /** With the time over before that. */
    record Partial(Report report) implements CheckOutcome {}

    /** The name leads nowhere that may be visited. */
    record NotVisited() implements CheckOutcome {}
}
