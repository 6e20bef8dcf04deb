/** Probes this server's own site from outside, on a schedule. */
@NullMarked
package dev.gatehouse.tools.outside;

import org.jspecify.annotations.NullMarked;
