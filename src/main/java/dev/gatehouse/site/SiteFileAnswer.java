package dev.gatehouse.site;

import dev.gatehouse.site.Compression.Compressed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpRange;

/**
 * One answer with a file: not modified, a range of it, or all of it, compressed where asked for.
 */
final class SiteFileAnswer {

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final SiteFile file;

    SiteFileAnswer(HttpServletRequest request, HttpServletResponse response, SiteFile file) {
        this.request = request;
        this.response = response;
        this.file = file;
    }

    void send() throws IOException {
        String range = request.getHeader("Range");
        Compressed compressed =
                range == null ? file.negotiate(request.getHeader("Accept-Encoding")) : null;
        Content content = compressed == null ? file.identity() : compressed.content();
        response.setHeader("Cache-Control", file.cacheControl());
        if (!file.compressed().isEmpty()) {
            response.setHeader("Vary", "Accept-Encoding");
        }
        if (Conditions.answer(request, response, content, file.modified())) {
            return;
        }
        response.setContentType(file.contentType());
        response.setHeader("Accept-Ranges", "bytes");
        String coding = compressed == null ? file.contentEncoding() : compressed.coding().token();
        if (coding != null) {
            response.setHeader("Content-Encoding", coding);
        }
        if (range == null || !isRangeWanted(content)) {
            write(content, 0, content.length());
        } else {
            sendRange(content, range);
        }
    }

    /** A range of something that has changed since is of no use (RFC 9110, 13.1.5). */
    private boolean isRangeWanted(Content content) {
        String validator = request.getHeader("If-Range");
        return request.getMethod().equals("GET")
                && (validator == null || validator.equals(content.etag()));
    }

    /** One range; several at once are answered with the whole, as RFC 9110, 14.2 allows. */
    private void sendRange(Content content, String header) throws IOException {
        List<HttpRange> ranges;
        try {
            ranges = HttpRange.parseRanges(header);
        } catch (IllegalArgumentException _) {
            ranges = List.of();
        }
        if (ranges.size() != 1) {
            write(content, 0, content.length());
            return;
        }
        long length = content.length();
        long start = ranges.getFirst().getRangeStart(length);
        long end = ranges.getFirst().getRangeEnd(length);
        if (start >= length || end < start) {
            response.setHeader("Content-Range", "bytes */" + length);
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        response.setHeader("Content-Range", "bytes %d-%d/%d".formatted(start, end, length));
        write(content, start, end - start + 1);
    }

    private void write(Content content, long start, long count) throws IOException {
        response.setContentLengthLong(count);
        if (request.getMethod().equals("GET")) {
            content.writeTo(response.getOutputStream(), start, count);
        }
    }
}
