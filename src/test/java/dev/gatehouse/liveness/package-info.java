/** Proves that a dead connector is found, reported and restarted, and a busy one left alone. */
@NullMarked
package dev.gatehouse.liveness;

import org.jspecify.annotations.NullMarked;
