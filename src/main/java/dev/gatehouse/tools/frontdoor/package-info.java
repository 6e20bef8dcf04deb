/** Checks a site's front door from outside: ours on a schedule, anybody's on request. */
@NullMarked
package dev.gatehouse.tools.frontdoor;

import org.jspecify.annotations.NullMarked;
