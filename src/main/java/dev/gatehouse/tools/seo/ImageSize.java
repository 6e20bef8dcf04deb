package dev.gatehouse.tools.seo;

import java.util.Optional;

/** Width and height of an image in pixels, from the first bytes of its file. */
record ImageSize(int width, int height) {

    /** Bytes of the size and type of a box of ISO/IEC 14496-12. */
    private static final int BOX = 8;

    /** meta, iprp, ipco and ispe. */
    private static final int DEEPEST = 3;

    /** Reads PNG, JPEG, GIF, WebP and AVIF; empty where the bytes are none of them, or too few. */
    static Optional<ImageSize> of(byte[] file) {
        Reader in = new Reader(file);
        try {
            if (in.begins("\u0089PNG\r\n\u001a\n")) {
                return Optional.of(new ImageSize(in.big(16, 4), in.big(20, 4)));
            }
            if (in.begins("GIF87a") || in.begins("GIF89a")) {
                return Optional.of(new ImageSize(in.little(6, 2), in.little(8, 2)));
            }
            if (in.begins("\u00ff\u00d8\u00ff")) {
                return jpeg(in);
            }
            if (in.begins("RIFF") && in.has(8, "WEBP")) {
                return webp(in);
            }
            if (in.has(4, "ftypavif") || in.has(4, "ftypavis")) {
                return avif(in, 0, in.length(), 0);
            }
            return Optional.empty();
        } catch (ArrayIndexOutOfBoundsException _) {
            return Optional.empty(); // cut off
        }
    }

    /** Goes from segment to segment until one begins a frame (ITU-T T.81, B.1.1.3). */
    private static Optional<ImageSize> jpeg(Reader in) {
        int at = 2;
        while (in.big(at, 1) == 0xff) {
            int marker = in.big(at + 1, 1);
            if (marker == 0xff) {
                at++; // fill byte
                continue;
            }
            boolean frame =
                    marker >= 0xc0
                            && marker <= 0xcf
                            && marker != 0xc4
                            && marker != 0xc8
                            && marker != 0xcc;
            if (frame) {
                return Optional.of(new ImageSize(in.big(at + 7, 2), in.big(at + 5, 2)));
            }
            at += 2 + in.big(at + 2, 2);
        }
        return Optional.empty();
    }

    private static Optional<ImageSize> webp(Reader in) {
        if (in.has(12, "VP8X")) {
            return Optional.of(new ImageSize(in.little(24, 3) + 1, in.little(27, 3) + 1));
        }
        if (in.has(12, "VP8L")) {
            int bits = in.little(21, 4);
            return Optional.of(new ImageSize((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1));
        }
        return in.has(12, "VP8 ")
                ? Optional.of(new ImageSize(in.little(26, 2) & 0x3fff, in.little(28, 2) & 0x3fff))
                : Optional.empty();
    }

    /**
     * The largest of the sizes that the boxes of properties state (ISO/IEC 23008-12, 6.5.3): tiles,
     * thumbnails and alpha planes are not larger than the image.
     */
    private static Optional<ImageSize> avif(Reader in, int from, int to, int depth) {
        Optional<ImageSize> largest = Optional.empty();
        int at = from;
        while (depth <= DEEPEST && at + BOX <= to) {
            long size = Integer.toUnsignedLong(in.big(at, 4));
            if (size == 0) {
                size = (long) to - at; // to the end
            }
            if (size < BOX) {
                return largest; // 64 bits for a size, which no box of properties needs, or no box
            }
            int content = at + BOX;
            int end = (int) Math.min(to, at + size);
            Optional<ImageSize> found = Optional.empty();
            if (in.has(at + 4, "meta")) {
                found = avif(in, content + 4, end, depth + 1); // behind its version and flags
            } else if (in.has(at + 4, "iprp") || in.has(at + 4, "ipco")) {
                found = avif(in, content, end, depth + 1);
            } else if (in.has(at + 4, "ispe")) {
                found = Optional.of(new ImageSize(in.big(content + 4, 4), in.big(content + 8, 4)));
            }
            if (found.isPresent()
                    && (largest.isEmpty() || found.get().pixels() > largest.get().pixels())) {
                largest = found;
            }
            at = end;
        }
        return largest;
    }

    private long pixels() {
        return (long) width * height;
    }

    private static final class Reader {

        private final byte[] bytes;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        int length() {
            return bytes.length;
        }

        boolean begins(String text) {
            return has(0, text);
        }

        boolean has(int at, String text) {
            for (int i = 0; i < text.length(); i++) {
                if (at + i >= bytes.length || (bytes[at + i] & 0xff) != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        int big(int at, int length) {
            int value = 0;
            for (int i = 0; i < length; i++) {
                value = (value << 8) | (bytes[at + i] & 0xff);
            }
            return value;
        }

        int little(int at, int length) {
            int value = 0;
            for (int i = length - 1; i >= 0; i--) {
                value = (value << 8) | (bytes[at + i] & 0xff);
            }
            return value;
        }
    }
}
