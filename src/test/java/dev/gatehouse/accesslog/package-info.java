/** What the access log says, and what it never does. */
@NullMarked
package dev.gatehouse.accesslog;

import org.jspecify.annotations.NullMarked;
