/** What the status page says, and to whom. */
@NullMarked
package dev.gatehouse.status;

import org.jspecify.annotations.NullMarked;
