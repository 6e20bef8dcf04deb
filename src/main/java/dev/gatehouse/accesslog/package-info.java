/** The access log: one line for each request, written by a thread of its own. */
@NullMarked
package dev.gatehouse.accesslog;

import org.jspecify.annotations.NullMarked;
