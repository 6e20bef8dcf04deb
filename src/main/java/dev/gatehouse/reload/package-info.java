/** Reads the configuration again while the server runs: all of a new one, or nothing. */
@NullMarked
package dev.gatehouse.reload;

import org.jspecify.annotations.NullMarked;
