/** Connects to other hosts, within a budget, and never to our own network. */
@NullMarked
package dev.gatehouse.tools.outbound;

import org.jspecify.annotations.NullMarked;
