/** The HTTP side of every tool: the job API, its limits and errors, exports, and pages. */
@NullMarked
package dev.gatehouse.tools.api;

import org.jspecify.annotations.NullMarked;
