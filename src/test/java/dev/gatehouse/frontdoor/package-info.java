/** A zoo of front doors, good and bad, and what the check says of each. */
@NullMarked
package dev.gatehouse.frontdoor;

import org.jspecify.annotations.NullMarked;
