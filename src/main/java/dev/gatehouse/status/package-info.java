/** The status page: both connectors, the view from outside, and the last events. */
@NullMarked
package dev.gatehouse.status;

import org.jspecify.annotations.NullMarked;
