/** Loads a Gatehouse with more than it can serve, and kills its connectors meanwhile. */
@NullMarked
package dev.gatehouse.load;

import org.jspecify.annotations.NullMarked;
