/** Gathers evidence that each connector serves, and says alive or dead. */
@NullMarked
package dev.gatehouse.liveness;

import org.jspecify.annotations.NullMarked;
