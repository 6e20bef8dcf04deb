/** Servers with and without faults, and what the front-door check reports. */
@NullMarked
package dev.gatehouse.tools.frontdoor;

import org.jspecify.annotations.NullMarked;
