package dev.gatehouse.tools.screenshot;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to take a screenshot of, and how.
 *
 * @param url http or https
 * @param width of the viewport in CSS pixels
 * @param scale device pixels for a CSS pixel
 * @param selector the element to capture, or null
 * @param clip the rectangle to capture, or null
 * @param quality from 1 to 100, for JPEG and WebP
 * @param waitFor the element to wait for, or null
 * @param timeout for loading and waiting; then what is there is captured
 * @param thumbnailWidth width in pixels to scale the image down to, or 0
 */
record ShotOptions(
        String url,
        int width,
        int height,
        double scale,
        boolean mobile,
        boolean fullPage,
        @Nullable String selector,
        @Nullable Clip clip,
        ImageFormat format,
        int quality,
        boolean dark,
        boolean reducedMotion,
        WaitUntil waitUntil,
        @Nullable String waitFor,
        Duration delay,
        Duration timeout,
        Set<ResourceType> block,
        boolean scroll,
        int thumbnailWidth) {

    /** What ends the wait for a page. */
    enum WaitUntil {
        LOAD,
        IDLE,
        SELECTOR
    }

    ShotOptions withTimeout(Duration newTimeout) {
        return new ShotOptions(
                url,
                width,
                height,
                scale,
                mobile,
                fullPage,
                selector,
                clip,
                format,
                quality,
                dark,
                reducedMotion,
                waitUntil,
                waitFor,
                delay,
                newTimeout,
                block,
                scroll,
                thumbnailWidth);
    }

    ShotOptions withDark(boolean newDark) {
        return new ShotOptions(
                url,
                width,
                height,
                scale,
                mobile,
                fullPage,
                selector,
                clip,
                format,
                quality,
                newDark,
                reducedMotion,
                waitUntil,
                waitFor,
                delay,
                timeout,
                block,
                scroll,
                thumbnailWidth);
    }

    ShotOptions withViewport(int newWidth, int newHeight, double newScale, boolean newMobile) {
        return new ShotOptions(
                url,
                newWidth,
                newHeight,
                newScale,
                newMobile,
                fullPage,
                selector,
                clip,
                format,
                quality,
                dark,
                reducedMotion,
                waitUntil,
                waitFor,
                delay,
                timeout,
                block,
                scroll,
                thumbnailWidth);
    }
}
