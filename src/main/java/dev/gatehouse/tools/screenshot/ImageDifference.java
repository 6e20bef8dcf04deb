package dev.gatehouse.tools.screenshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What differs between two screenshots of the same page. They are compared row by row. */
public final class ImageDifference {

    /** Of 255: less is how a browser smooths the same text at another place. */
    private static final int TOLERANCE = 16;

    private static final byte[] CHANGED = {(byte) 0xd0, 0, 0x30};

    private final double share;
    private final byte[] overlay;

    private ImageDifference(double share, byte[] overlay) {
        this.share = share;
        this.overlay = overlay;
    }

    /** Compares two PNG images. What only one of them has counts as changed. */
    public static ImageDifference between(InputStream before, InputStream after)
            throws IOException {
        try (PngReader first = new PngReader(before);
                PngReader second = new PngReader(after)) {
            int width = Math.max(first.width(), second.width());
            int height = Math.max(first.height(), second.height());
            ByteArrayOutputStream overlay = new ByteArrayOutputStream();
            long changed = 0;
            try (PngWriter writer = new PngWriter(overlay, width, height)) {
                byte[] row = new byte[3 * width];
                for (int y = 0; y < height; y++) {
                    changed +=
                            compare(
                                    y < first.height() ? first.row() : null,
                                    y < second.height() ? second.row() : null,
                                    row);
                    writer.row(row);
                }
                writer.finish();
            }
            return new ImageDifference(
                    (double) changed / ((long) width * height), overlay.toByteArray());
        }
    }

    /** Fills a row of the overlay and returns how many of its pixels have changed. */
    private static int compare(byte @Nullable [] before, byte @Nullable [] after, byte[] overlay) {
        int changed = 0;
        for (int i = 0; i < overlay.length; i += 3) {
            if (differs(before, after, i)) {
                System.arraycopy(CHANGED, 0, overlay, i, 3);
                changed++;
            } else {
                byte faded = faded(after, i);
                overlay[i] = faded;
                overlay[i + 1] = faded;
                overlay[i + 2] = faded;
            }
        }
        return changed;
    }

    private static boolean differs(byte @Nullable [] before, byte @Nullable [] after, int i) {
        if (before == null || after == null || i >= before.length || i >= after.length) {
            return true;
        }
        for (int channel = i; channel < i + 3; channel++) {
            if (Math.abs((before[channel] & 0xff) - (after[channel] & 0xff)) > TOLERANCE) {
                return true;
            }
        }
        return false;
    }

    /** The pixel as a light grey. */
    private static byte faded(byte @Nullable [] row, int i) {
        if (row == null) {
            return (byte) 0xff;
        }
        int sum = (row[i] & 0xff) + (row[i + 1] & 0xff) + (row[i + 2] & 0xff);
        return (byte) (0xff - (0xff - sum / 3) / 3);
    }

    /** The share of the pixels that have changed, from 0 to 1. */
    public double share() {
        return share;
    }

    /** The second image in light grey, with what has changed in red, as PNG. */
    public byte[] overlay() {
        return overlay.clone();
    }
}
