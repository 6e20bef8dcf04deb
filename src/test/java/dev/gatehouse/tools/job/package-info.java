/** What becomes of jobs. */
@NullMarked
package dev.gatehouse.tools.job;

import org.jspecify.annotations.NullMarked;
