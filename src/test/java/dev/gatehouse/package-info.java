/** The main job, end to end: what visitors, gateways, probes and strangers meet. */
@NullMarked
package dev.gatehouse;

import org.jspecify.annotations.NullMarked;
