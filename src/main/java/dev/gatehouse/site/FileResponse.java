package dev.gatehouse.site;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers a GET or HEAD request with a file: not modified, ranges of it, or all of it. */
final class FileResponse {

    private static final String RANGE = "Range";

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final SiteFile file;

    FileResponse(HttpServletRequest request, HttpServletResponse response, SiteFile file) {
        this.request = request;
        this.response = response;
        this.file = file;
    }

    void send() throws IOException {
        String range = request.getHeader(RANGE);
        Representation representation = range == null ? file.negotiate(request) : file.identity();
        response.setHeader("Cache-Control", file.cacheControl());
        for (int i = 0; i < file.headers().size(); i++) {
            response.setHeader(file.headers().get(i).name(), file.headers().get(i).value());
        }
        response.setHeader("ETag", representation.etag());
        response.setHeader("Last-Modified", file.modified().text());
        if (file.isNegotiable()) {
            response.setHeader("Vary", "Accept-Encoding");
        }
        switch (Preconditions.evaluate(request, representation.etag(), file.modified())) {
            case NOT_MODIFIED -> response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            case FAILED -> response.setStatus(HttpServletResponse.SC_PRECONDITION_FAILED);
            case PASSED -> {
                response.setHeader("Accept-Ranges", "bytes");
                List<ByteRange> ranges = range == null ? null : ranges(range, representation);
                if (ranges == null) {
                    sendWhole(representation);
                } else {
                    sendRanges(representation, ranges);
                }
            }
        }
    }

    /** Null where the whole is to be sent; ranges mean nothing to other methods than GET. */
    private @Nullable List<ByteRange> ranges(String header, Representation representation) {
        Enumeration<String> lines = request.getHeaders(RANGE);
        lines.nextElement();
        if (!request.getMethod().equals("GET")
                || lines.hasMoreElements()
                || !Preconditions.isRangeWanted(
                        request, representation.etag(), file.modified(), Instant.now())) {
            return null;
        }
        List<ByteRange> ranges = ByteRange.parse(header, representation.length());
        boolean isMultipart = ranges != null && ranges.size() > 1;
        return isMultipart && representation.coding() != null ? null : ranges;
    }

    private void sendWhole(Representation representation) throws IOException {
        setContent(representation);
        response.setContentLengthLong(representation.length());
        if (request.getMethod().equals("GET")) {
            representation.writeTo(response.getOutputStream(), 0, representation.length());
        }
    }

    private void setContent(Representation representation) {
        response.setContentType(file.contentType());
        if (representation.coding() != null) {
            response.setHeader("Content-Encoding", representation.coding());
        }
    }

    private void sendRanges(Representation representation, List<ByteRange> ranges)
            throws IOException {
        long length = representation.length();
        if (ranges.isEmpty()) {
            response.setHeader("Content-Range", "bytes */" + length);
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        if (ranges.size() > 1) {
            sendParts(representation, ranges);
            return;
        }
        setContent(representation);
        ByteRange range = ranges.getFirst();
        response.setHeader("Content-Range", contentRange(range, length));
        response.setContentLengthLong(range.length());
        representation.writeTo(response.getOutputStream(), range.start(), range.length());
    }

    /** Several ranges, as {@code multipart/byteranges} (RFC 9110, 14.6). */
    private void sendParts(Representation representation, List<ByteRange> ranges)
            throws IOException {
        String boundary = UUID.randomUUID().toString();
        List<byte[]> heads = new ArrayList<>();
        byte[] end = ascii("\r\n--" + boundary + "--\r\n");
        long length = end.length;
        for (ByteRange range : ranges) {
            byte[] head =
                    ascii(
                            (heads.isEmpty() ? "--" : "\r\n--")
                                    + boundary
                                    + "\r\nContent-Type: "
                                    + file.contentType()
                                    + "\r\nContent-Range: "
                                    + contentRange(range, representation.length())
                                    + "\r\n\r\n");
            heads.add(head);
            length += head.length + range.length();
        }
        response.setContentType("multipart/byteranges; boundary=" + boundary);
        response.setContentLengthLong(length);
        OutputStream out = response.getOutputStream();
        for (int i = 0; i < ranges.size(); i++) {
            out.write(heads.get(i));
            representation.writeTo(out, ranges.get(i).start(), ranges.get(i).length());
        }
        out.write(end);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String contentRange(ByteRange range, long length) {
        return "bytes " + range.start() + "-" + range.end() + "/" + length;
    }
}
