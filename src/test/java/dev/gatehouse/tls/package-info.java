/** Certificates on the wire of a running Gatehouse, by each engine. */
@NullMarked
package dev.gatehouse.tls;

import org.jspecify.annotations.NullMarked;
