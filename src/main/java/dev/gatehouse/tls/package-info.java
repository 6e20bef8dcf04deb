/** The certificates: configured or self-signed, reloaded, on the wire, and the names in them. */
@NullMarked
package dev.gatehouse.tls;

import org.jspecify.annotations.NullMarked;
