/** Shows how the server is, from inside and from outside, at a glance. */
@NullMarked
package dev.gatehouse.status;

import org.jspecify.annotations.NullMarked;
