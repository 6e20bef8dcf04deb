/** Proves the connectors: what they count, cut off and survive; and kills them, for other tests. */
@NullMarked
package dev.gatehouse.connector;

import org.jspecify.annotations.NullMarked;
