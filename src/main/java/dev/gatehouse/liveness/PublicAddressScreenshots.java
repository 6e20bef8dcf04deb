package dev.gatehouse.liveness;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Screenshots of this server's public address, taken by an optional feature. */
public interface PublicAddressScreenshots {

    /** Those of the last week, the newest first. */
    List<Screenshot> screenshots();

    /**
     * An image as PNG.
     *
     * @param difference whether it is the one that shows what has changed
     */
    Optional<byte[]> image(String id, String view, boolean difference);

    /** What visitors saw at a time. */
    record Screenshot(String id, Instant time, List<View> views) {}

    /**
     * One of its images.
     *
     * @param name such as {@code desktop}
     * @param width in CSS pixels, like height
     * @param changed share of the pixels that differ from the screenshot before, or null where
     *     there was none
     * @param hasDifference whether there is an image of what has changed
     */
    record View(
            String name, int width, int height, @Nullable Double changed, boolean hasDifference) {}
}
