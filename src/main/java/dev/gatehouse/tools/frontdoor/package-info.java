/** Checks any site from outside, on request: the front-door check. */
@NullMarked
package dev.gatehouse.tools.frontdoor;

import org.jspecify.annotations.NullMarked;
