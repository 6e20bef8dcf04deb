@NullMarked
package dev.gatehouse.metrics;

import org.jspecify.annotations.NullMarked;
