/** The main job, end to end: what visitors, gateways, probes and scanners get. */
@NullMarked
package dev.gatehouse;

import org.jspecify.annotations.NullMarked;
