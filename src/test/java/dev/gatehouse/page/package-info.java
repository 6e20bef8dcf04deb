/** What the pages have in common. */
@NullMarked
package dev.gatehouse.page;

import org.jspecify.annotations.NullMarked;
