/** Which engine is taken, and whether it works. */
@NullMarked
package dev.gatehouse.tls.engine;

import org.jspecify.annotations.NullMarked;
