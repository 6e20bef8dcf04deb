/** A zoo of front doors, good and bad, and what the check says of each. */
@NullMarked
package dev.gatehouse.tools.frontdoor;

import org.jspecify.annotations.NullMarked;
