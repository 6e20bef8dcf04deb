/** Starts the application. */
@NullMarked
package dev.gatehouse;

import org.jspecify.annotations.NullMarked;
