/** Long-running work with progress: queued, running, done or partly done. */
@NullMarked
package dev.gatehouse.job;

import org.jspecify.annotations.NullMarked;
