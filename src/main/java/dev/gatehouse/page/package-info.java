/** Pages with data in them: templates, escaped, under a strict policy. */
@NullMarked
package dev.gatehouse.page;

import org.jspecify.annotations.NullMarked;
