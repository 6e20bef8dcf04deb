/**
 * Takes screenshots of web pages with Chromium, which reaches only what the outbound guard allows.
 */
@NullMarked
package dev.gatehouse.tools.screenshot;

import org.jspecify.annotations.NullMarked;
