package dev.gatehouse.tools.screenshot;

import org.jspecify.annotations.Nullable;

/**
 * The window of a screenshot, as a request has it.
 *
 * @param width in CSS pixels, like height
 * @param scale device pixels for a CSS pixel
 * @param mobile whether it is that of a phone
 */
record Viewport(
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Double scale,
        @Nullable Boolean mobile) {}
