/** Periodic background tasks: one scheduling and error policy, with health and metrics. */
@NullMarked
package dev.gatehouse.task;

import org.jspecify.annotations.NullMarked;
