/** Checks a site from outside: this server's own on a schedule, any site on request. */
@NullMarked
package dev.gatehouse.tools.frontdoor;

import org.jspecify.annotations.NullMarked;
