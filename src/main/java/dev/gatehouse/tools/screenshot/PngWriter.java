package dev.gatehouse.tools.screenshot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes a PNG of 8-bit RGB row by row, so that an image of any height needs little memory. */
final class PngWriter implements AutoCloseable {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int CHUNK = 64 << 10;
    private static final int UP = 2;

    private final OutputStream out;
    private final int height;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final byte[] chunk = new byte[CHUNK];
    private final byte[] previous;
    private final byte[] filtered;
    private int filled;
    private int rows;

    PngWriter(OutputStream out, int width, int height) throws IOException {
        this.out = out;
        this.height = height;
        this.previous = new byte[3 * width];
        this.filtered = new byte[1 + previous.length];
        out.write(SIGNATURE);
        byte[] header =
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array();
        writeChunk("IHDR", header, header.length);
    }

    /** Writes the next row. */
    void row(byte[] rgb) throws IOException {
        filtered[0] = UP;
        for (int i = 0; i < previous.length; i++) {
            filtered[i + 1] = (byte) (rgb[i] - previous[i]);
        }
        System.arraycopy(rgb, 0, previous, 0, previous.length);
        deflater.setInput(filtered);
        while (!deflater.needsInput()) {
            deflate();
        }
        rows++;
    }

    private void deflate() throws IOException {
        filled += deflater.deflate(chunk, filled, CHUNK - filled);
        if (filled == CHUNK) {
            writeChunk("IDAT", chunk, filled);
            filled = 0;
        }
    }

    /** Ends the image, which has to be complete. */
    void finish() throws IOException {
        if (rows != height) {
            throw new IOException("%d rows of %d".formatted(rows, height));
        }
        deflater.finish();
        while (!deflater.finished()) {
            deflate();
        }
        if (filled > 0) {
            writeChunk("IDAT", chunk, filled);
        }
        writeChunk("IEND", chunk, 0);
        out.flush();
    }

    private void writeChunk(String type, byte[] data, int length) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data, 0, length);
        out.write(ByteBuffer.allocate(4).putInt(length).array());
        out.write(name);
        out.write(data, 0, length);
        out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    @Override
    public void close() {
        deflater.end();
    }
}
