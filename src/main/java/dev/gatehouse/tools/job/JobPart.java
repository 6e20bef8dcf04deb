package dev.gatehouse.tools.job;

import java.io.IOException;
import java.io.InputStream;

/**
 * A binary part of a result.
 *
 * @param content opens its bytes
 */
public record JobPart(String mediaType, long size, Content content) {

    /** Opens the bytes of a part. */
    @FunctionalInterface
    public interface Content {

        InputStream open() throws IOException;
    }
}
