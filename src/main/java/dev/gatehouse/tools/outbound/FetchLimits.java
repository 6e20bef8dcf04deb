package dev.gatehouse.tools.outbound;

import java.time.Duration;

/**
 * The bounds of one fetch.
 *
 * @param time for the whole fetch, redirects included
 * @param bodyBytes of the decoded body that are kept; the rest is not read
 * @param mediaBytes the same for an image, a video, a font, an archive and the like
 * @param redirects that are followed; 0 returns a redirect as it is
 */
public record FetchLimits(Duration time, int bodyBytes, int mediaBytes, int redirects) {

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
