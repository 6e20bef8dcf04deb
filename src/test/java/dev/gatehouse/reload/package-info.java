/** Tests of the configuration's reload. */
@NullMarked
package dev.gatehouse.reload;

import org.jspecify.annotations.NullMarked;
