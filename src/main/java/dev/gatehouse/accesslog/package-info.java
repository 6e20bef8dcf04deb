/** Who came and what was decided: one line a request, written off its thread. */
@NullMarked
package dev.gatehouse.accesslog;

import org.jspecify.annotations.NullMarked;
