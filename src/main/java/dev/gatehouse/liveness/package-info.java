/** Checks whether each connector serves, restarts dead ones, and keeps the event log. */
@NullMarked
package dev.gatehouse.liveness;

import org.jspecify.annotations.NullMarked;
