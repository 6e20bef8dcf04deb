package dev.gatehouse.tools.outbound;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Responses for tests of other packages. */
public final class PageResponses {

    private PageResponses() {}

    /** A page that was read whole. */
    public static PageResponse html(String html) {
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        return new PageResponse(
                HttpUrl.of(Scheme.HTTPS, "a.test", "/"),
                200,
                List.of(new PageResponse.Field("Content-Type", "text/html")),
                ResponseBody.read(
                        new ByteArrayInputStream(bytes),
                        List.of(),
                        bytes.length,
                        () -> true,
                        () -> false),
                Duration.ZERO,
                Duration.ZERO);
    }
}
