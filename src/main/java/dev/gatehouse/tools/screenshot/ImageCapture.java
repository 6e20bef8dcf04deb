package dev.gatehouse.tools.screenshot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * The image of a rectangle of a page, taken in strips: Chromium cuts or repeats what is higher than
 * 16,384 device pixels, and an image as a whole would need too much memory.
 */
final class ImageCapture {

    private static final int HIGHEST_STRIP = 8192;

    /** A page decides how wide an element is; rows are kept in memory. */
    private static final int WIDEST = 30_000;

    /** 6 MB as RGB, the most that an image without any order needs as PNG. */
    private static final int LARGEST_STRIP = 1 << 21;

    /** What JPEG and WebP make small is taken at once. */
    private static final int LARGEST_AT_ONCE = 1 << 24;

    private static final int LARGEST_CANVAS = 1 << 26;
    private static final int HIGHEST_WEBP = 16_383;
    private static final int PIECE = 1 << 20;
    private static final long STRIP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DevToolsConnection connection;
    private final String session;
    private final Clip clip;
    private final double shrink;
    private final double factor;
    private final ImageFormat format;
    private final int quality;
    private final boolean asShown;
    private final int width;
    private final int height;

    /**
     * A capture.
     *
     * @param scale device pixels for a CSS pixel
     * @param shrink part of its size that the image is scaled to
     * @param asShown whether the rectangle is what the page shows: then it is neither laid out nor
     *     painted again
     */
    ImageCapture(
            DevToolsConnection connection,
            String session,
            Clip clip,
            double scale,
            double shrink,
            ImageFormat format,
            int quality,
            boolean asShown) {
        this.connection = connection;
        this.session = session;
        this.clip = clip;
        this.shrink = shrink;
        this.factor = scale * shrink;
        this.format = format;
        this.quality = quality;
        this.asShown = asShown;
        this.width = Math.clamp(Math.round(clip.width() * factor), 1, WIDEST + 1);
        this.height = (int) Math.max(1, Math.round(clip.height() * factor));
    }

    /** No format or memory is large enough for it. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }

    /** Opens an empty page and returns its session. */
    @FunctionalInterface
    interface CanvasOpener {

        String open() throws DevToolsException, InterruptedException;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    void write(OutputStream out, CanvasOpener canvas)
            throws IOException, DevToolsException, InterruptedException {
        if (width > WIDEST) {
            throw new TooLargeException("wider than 30,000 pixels");
        }
        long pixels = (long) width * height;
        if (format == ImageFormat.PNG) {
            if (pixels <= LARGEST_STRIP && height <= HIGHEST_STRIP) {
                out.write(strip(0, height, ImageFormat.PNG));
            } else {
                writePng(out);
            }
        } else if (format == ImageFormat.WEBP && Math.max(width, height) > HIGHEST_WEBP) {
            throw new TooLargeException("a WebP ends at 16,383 pixels");
        } else if (pixels <= LARGEST_AT_ONCE && height <= HIGHEST_STRIP) {
            out.write(strip(0, height, format));
        } else if (pixels <= LARGEST_CANVAS) {
            writeFromCanvas(out, canvas.open());
        } else {
            throw new TooLargeException("more than 64 million pixels");
        }
    }

    private int stripHeight() {
        return Math.clamp(LARGEST_STRIP / width, 1, HIGHEST_STRIP);
    }

    private void writePng(OutputStream out)
            throws IOException, DevToolsException, InterruptedException {
        byte[] row = new byte[3 * width];
        try (PngWriter writer = new PngWriter(out, width, height)) {
            for (int y = 0; y < height; y += stripHeight()) {
                int rows = Math.min(stripHeight(), height - y);
                byte[] strip = strip(y, rows, ImageFormat.PNG);
                try (PngReader reader = new PngReader(new ByteArrayInputStream(strip))) {
                    // by rounding a strip may differ by a pixel: its last row or column is repeated
                    for (int i = 0; i < rows; i++) {
                        if (i < reader.height()) {
                            byte[] read = reader.row();
                            System.arraycopy(read, 0, row, 0, 3 * Math.min(width, reader.width()));
                        }
                        writer.row(row);
                    }
                }
            }
            writer.finish();
        }
    }

    /** Takes rows of the image. */
    private byte[] strip(int y, int rows, ImageFormat stripFormat)
            throws DevToolsException, InterruptedException {
        Map<String, Object> params = new HashMap<>();
        params.put("format", stripFormat.text());
        params.put("optimizeForSpeed", stripFormat == ImageFormat.PNG);
        if (!asShown || rows < height) {
            params.put("captureBeyondViewport", true);
            params.put(
                    "clip",
                    Map.of(
                            "x",
                            clip.x(),
                            "y",
                            clip.y() + y / factor,
                            "width",
                            width / factor,
                            "height",
                            rows / factor,
                            "scale",
                            shrink));
        }
        if (stripFormat != ImageFormat.PNG) {
            params.put("quality", quality);
        }
        return connection.callForBytes(
                session, "Page.captureScreenshot", params, System.nanoTime() + STRIP_NANOS);
    }

    /** Joins the strips in the browser, which encodes JPEG and WebP. */
    private void writeFromCanvas(OutputStream out, String canvas)
            throws IOException, DevToolsException, InterruptedException {
        evaluate(
                canvas,
                "globalThis.canvas = new OffscreenCanvas(%d, %d); globalThis.context = canvas.getContext('2d'); 0"
                        .formatted(width, height));
        for (int y = 0; y < height; y += stripHeight()) {
            int rows = Math.min(stripHeight(), height - y);
            String strip = Base64.getEncoder().encodeToString(strip(y, rows, ImageFormat.PNG));
            evaluate(
                    canvas,
                    """
                    createImageBitmap(new Blob([Uint8Array.from(atob('%s'), c => c.charCodeAt(0))]))
                        .then(strip => { context.drawImage(strip, 0, %d); strip.close(); return 0; })"""
                            .formatted(strip, y));
        }
        int length =
                evaluate(
                                canvas,
                                """
                                canvas.convertToBlob({ type: '%s', quality: %s })
                                    .then(blob => { globalThis.image = blob; return blob.size; })"""
                                        .formatted(format.mediaType(), quality / 100.0))
                        .asInt(0);
        for (int start = 0; start < length; start += PIECE) {
            String piece =
                    evaluate(
                                    canvas,
                                    """
                                    image.slice(%d, %d).arrayBuffer().then(buffer => {
                                      const bytes = new Uint8Array(buffer);
                                      let text = '';
                                      for (let i = 0; i < bytes.length; i += 8192)
                                        text += String.fromCharCode(...bytes.subarray(i, i + 8192));
                                      return btoa(text); })"""
                                            .formatted(start, start + PIECE))
                            .asString("");
            out.write(Base64.getDecoder().decode(piece));
        }
    }

    private JsonNode evaluate(String canvas, String script)
            throws DevToolsException, InterruptedException {
        return connection
                .call(
                        canvas,
                        "Runtime.evaluate",
                        Map.of(
                                "expression", script,
                                "returnByValue", true,
                                "awaitPromise", true),
                        System.nanoTime() + STRIP_NANOS)
                .path("result")
                .path("value");
    }
}
