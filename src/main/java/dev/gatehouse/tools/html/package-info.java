/** Reads the pages and style sheets of other sites: their references with positions, and ids. */
@NullMarked
package dev.gatehouse.tools.html;

import org.jspecify.annotations.NullMarked;
