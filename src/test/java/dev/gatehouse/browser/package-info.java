/** What people see, in a real browser. */
@NullMarked
package dev.gatehouse.browser;

import org.jspecify.annotations.NullMarked;
