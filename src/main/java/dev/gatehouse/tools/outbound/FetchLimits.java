package dev.gatehouse.tools.outbound;

import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * The bounds of one fetch.
 *
 * @param time for the whole fetch, redirects included
 * @param bodyBytes of the decoded body that are kept; the rest is not read
 * @param mediaBytes the same for an image, a video, a font, an archive and the like
 * @param redirects that are followed; 0 returns a redirect as it is
 * @param largeBody asked once for a body of more than {@link #SMALL_BODY} bytes
 */
public record FetchLimits(
        Duration time, int bodyBytes, int mediaBytes, int redirects, LargeBody largeBody) {

    /** As many bytes are read of each body. */
    public static final int SMALL_BODY = 128 * 1024;

    /** Has the memory for large bodies. */
    @FunctionalInterface
    public interface LargeBody {

        /** Waits for the memory; false where there was none in time: the body is cut. */
        boolean admit() throws InterruptedIOException;
    }

    /** With any body. */
    public FetchLimits(Duration time, int bodyBytes, int mediaBytes, int redirects) {
        this(time, bodyBytes, mediaBytes, redirects, () -> true);
    }

    /** With the same limit for all media types. */
    public FetchLimits(Duration time, int bodyBytes, int redirects) {
        this(time, bodyBytes, bodyBytes, redirects);
    }

    /** The limit for that media type. */
    int bytes(String mediaType) {
        return isMedia(mediaType) ? Math.min(mediaBytes, bodyBytes) : bodyBytes;
    }

    private static boolean isMedia(String type) {
        return (type.startsWith("image/") && !type.equals("image/svg+xml"))
                || type.startsWith("video/")
                || type.startsWith("audio/")
                || type.startsWith("font/")
                || type.equals("application/pdf")
                || type.equals("application/zip")
                || type.equals("application/octet-stream");
    }
}
