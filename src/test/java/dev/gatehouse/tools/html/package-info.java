/** Tests of the reading of pages and style sheets. */
@NullMarked
package dev.gatehouse.tools.html;

import org.jspecify.annotations.NullMarked;
