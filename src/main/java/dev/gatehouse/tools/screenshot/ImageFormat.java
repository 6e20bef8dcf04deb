package dev.gatehouse.tools.screenshot;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The formats of an image. */
enum ImageFormat {
    PNG,
    JPEG,
    WEBP;

    /** As it stands in a request. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    String mediaType() {
        return "image/" + text();
    }

    static Optional<ImageFormat> of(String text) {
        return Stream.of(values()).filter(format -> format.text().equals(text)).findFirst();
    }
}
