/** Tests of the dead link check. */
@NullMarked
package dev.gatehouse.tools.links;

import org.jspecify.annotations.NullMarked;
