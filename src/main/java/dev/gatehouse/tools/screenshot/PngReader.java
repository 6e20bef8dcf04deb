package dev.gatehouse.tools.screenshot;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a PNG row by row as RGB: 8 bits, with or without alpha, not interlaced, as Chromium and
 * {@link PngWriter} write it.
 */
final class PngReader implements AutoCloseable {

    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int LARGEST_SIDE = 65_535;

    private final DataInputStream in;
    private final Inflater inflater = new Inflater();
    private final byte[] input = new byte[16 << 10];
    private final int width;
    private final int height;
    private final int depth;
    private final byte[] rgb;
    private byte[] row;
    private byte[] previous;
    private int left;

    PngReader(InputStream stream) throws IOException {
        in = new DataInputStream(stream);
        if (in.readLong() != SIGNATURE || in.readInt() != 13 || !type().equals("IHDR")) {
            throw new IOException("no PNG");
        }
        width = in.readInt();
        height = in.readInt();
        int bits = in.readUnsignedByte();
        int colour = in.readUnsignedByte();
        in.readUnsignedShort();
        int interlaced = in.readUnsignedByte();
        in.readInt();
        boolean supported = bits == 8 && (colour == 2 || colour == 6) && interlaced == 0;
        if (!supported || width < 1 || width > LARGEST_SIDE || height < 1) {
            throw new IOException("a PNG that Chromium does not write");
        }
        depth = colour == 6 ? 4 : 3;
        row = new byte[width * depth];
        previous = new byte[width * depth];
        rgb = new byte[width * 3];
    }

    private String type() throws IOException {
        byte[] type = new byte[4];
        in.readFully(type);
        return new String(type, StandardCharsets.US_ASCII);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The next row, which is valid until the next call; alpha is left out. */
    byte[] row() throws IOException {
        byte[] swap = previous;
        previous = row;
        row = swap;
        byte[] filter = new byte[1];
        inflate(filter);
        inflate(row);
        unfilter(filter[0]);
        if (depth == 3) {
            return row;
        }
        for (int x = 0; x < width; x++) {
            System.arraycopy(row, 4 * x, rgb, 3 * x, 3);
        }
        return rgb;
    }

    private void inflate(byte[] target) throws IOException {
        try {
            int filled = 0;
            while (filled < target.length) {
                int count = inflater.inflate(target, filled, target.length - filled);
                filled += count;
                if (count == 0 && !refill()) {
                    throw new EOFException("a PNG without its end");
                }
            }
        } catch (DataFormatException ex) {
            throw new IOException("a damaged PNG", ex);
        }
    }

    private boolean refill() throws IOException {
        if (inflater.finished() || !inflater.needsInput()) {
            return false;
        }
        while (left == 0) {
            // the checksum of the chunk before, or of IHDR, was read with it
            left = in.readInt();
            String type = type();
            if (type.equals("IEND")) {
                return false;
            }
            if (!type.equals("IDAT")) {
                in.skipNBytes(left + 4L);
                left = 0;
            } else if (left == 0) {
                in.readInt();
            }
        }
        int count = in.read(input, 0, Math.min(left, input.length));
        if (count < 0) {
            return false;
        }
        left -= count;
        if (left == 0) {
            in.readInt();
        }
        inflater.setInput(input, 0, count);
        return true;
    }

    /** PNG, 9.2. */
    private void unfilter(int filter) throws IOException {
        switch (filter) {
            case 0 -> {}
            case 1 -> {
                for (int i = depth; i < row.length; i++) {
                    row[i] += row[i - depth];
                }
            }
            case 2 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] += previous[i];
                }
            }
            case 3 -> {
                for (int i = 0; i < row.length; i++) {
                    int before = i < depth ? 0 : row[i - depth] & 0xff;
                    row[i] += (byte) ((before + (previous[i] & 0xff)) / 2);
                }
            }
            case 4 -> {
                for (int i = 0; i < row.length; i++) {
                    int before = i < depth ? 0 : row[i - depth] & 0xff;
                    int corner = i < depth ? 0 : previous[i - depth] & 0xff;
                    row[i] += (byte) paeth(before, previous[i] & 0xff, corner);
                }
            }
            default -> throw new IOException("a damaged PNG");
        }
    }

    private static int paeth(int a, int b, int c) {
        int p = a + b - c;
        int toA = Math.abs(p - a);
        int toB = Math.abs(p - b);
        int toC = Math.abs(p - c);
        if (toA <= toB && toA <= toC) {
            return a;
        }
        return toB <= toC ? b : c;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
