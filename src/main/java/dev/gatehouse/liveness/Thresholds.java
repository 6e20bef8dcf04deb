package dev.gatehouse.liveness;

import java.time.Duration;

/**
 * Where one verdict ends and another begins.
 *
 * @param slowProbe a probe that takes longer is slow
 * @param softDeadAfter nobody answered for this long is dead
 * @param descriptorGrace out of file descriptors for less is busy
 * @param lateAfter a watch that was held up for longer excuses what went unanswered meanwhile
 */
record Thresholds(
        Duration slowProbe, Duration softDeadAfter, Duration descriptorGrace, Duration lateAfter) {}
