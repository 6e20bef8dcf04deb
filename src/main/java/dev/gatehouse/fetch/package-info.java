/** Reaches out to strangers' hosts and never to our own network. */
@NullMarked
package dev.gatehouse.fetch;

import org.jspecify.annotations.NullMarked;
