/** Long-running work with progress: queued, running, done or partly done. */
@NullMarked
package dev.gatehouse.tools.job;

import org.jspecify.annotations.NullMarked;
