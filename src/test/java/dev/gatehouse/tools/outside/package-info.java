/** The probe from outside, at real servers and on a whole one. */
@NullMarked
package dev.gatehouse.tools.outside;

import org.jspecify.annotations.NullMarked;
