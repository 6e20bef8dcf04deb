package dev.gatehouse.tools.seo;

import java.util.Optional;

/** Width and height of an image in pixels, from the first bytes of its file. */
record ImageSize(int width, int height) {

    /** Reads PNG, JPEG, GIF and WebP; empty where the bytes are none of them, or too few. */
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

    private static final class Reader {

        private final byte[] bytes;

        Reader(byte[] bytes) {
            this.bytes = bytes;
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
