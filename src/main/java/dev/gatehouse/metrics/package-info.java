/** The duration of every request as one histogram, and the descriptions that other meters lack. */
@NullMarked
package dev.gatehouse.metrics;

import org.jspecify.annotations.NullMarked;
