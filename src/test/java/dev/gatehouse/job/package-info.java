/** What becomes of jobs. */
@NullMarked
package dev.gatehouse.job;

import org.jspecify.annotations.NullMarked;
