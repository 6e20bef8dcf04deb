package dev.gatehouse.site;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * Converts between paths and UTF-8 names. {@link Path#of} and {@link Path#toString} use the
 * encoding of the process's locale, which is ASCII in a container or a unit without {@code LANG}; a
 * path's URI keeps the bytes of the name.
 */
final class FileNames {

    private FileNames() {}

    /** The path of that name. */
    static Path path(String name) {
        if (isAscii(name)) {
            return Path.of(name);
        }
        URI here = Path.of("").toUri();
        URI there = here.resolve(UriUtils.encodePath(name, StandardCharsets.UTF_8));
        return Path.of(URI.create("file://" + there.getRawPath()));
    }

    /**
     * A file's name below a root, with slashes and without one in front; null where it is not
     * UTF-8.
     */
    static @Nullable String relative(Path root, Path file) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (isAscii(name)) {
            return name;
        }
        String rootPath = root.toUri().getRawPath();
        int start = rootPath.endsWith("/") ? rootPath.length() : rootPath.length() + 1;
        return decode(file.toUri().getRawPath().substring(start));
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < 0x80);
    }

    private static @Nullable String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(encoded.charAt(i));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }
}
