/** What may be visited, what may not, and what a visit brings back. */
@NullMarked
package dev.gatehouse.tools.outbound;

import org.jspecify.annotations.NullMarked;
