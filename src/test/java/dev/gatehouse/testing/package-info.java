/** A real Gatehouse to test, raw sockets to test it with, and certificates to serve. */
@NullMarked
package dev.gatehouse.testing;

import org.jspecify.annotations.NullMarked;
