package dev.gatehouse.tools.outbound;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The response to one request.
 *
 * @param url that was requested
 * @param status of three digits
 * @param fields the header fields in the order in which they came
 * @param toHead time until the head had come
 * @param took time until the body was read
 */
public record PageResponse(
        HttpUrl url,
        int status,
        List<Field> fields,
        ResponseBody body,
        Duration toHead,
        Duration took) {

    /** A header field. */
    public record Field(String name, String value) {}

    /** All values of that field. */
    public List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** The first value of that field. */
    public Optional<String> header(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    /** The same with the beginning of its body. */
    public PageResponse cutTo(int bytes) {
        return new PageResponse(url, status, fields, body.cutTo(bytes), toHead, took);
    }

    /** The media type in lower case without parameters, or empty where none is named. */
    public String mediaType() {
        return header("Content-Type").map(PageResponse::mediaType).orElse("");
    }

    static String mediaType(String field) {
        return field.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The charset of the body, found as browsers find it. */
    public DetectedCharset charset() {
        return DetectedCharset.of(
                header("Content-Type").orElse(""), body.bytes(), body.isComplete());
    }

    /** The body as text. */
    public String text() {
        return charset().decode(body.bytes());
    }

    /** The {@code Location} of a redirect, or empty where the response is none. */
    public Optional<String> redirectLocation() {
        return HttpExchange.REDIRECTS.contains(status) ? header("Location") : Optional.empty();
    }
}
