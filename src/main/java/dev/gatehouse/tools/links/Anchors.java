package dev.gatehouse.tools.links;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * What fragments may name in a page, as sorted hashes of 8 bytes, so that those of thousands of
 * pages can be kept.
 */
final class Anchors {

    private final long[] hashes;

    private Anchors(long[] hashes) {
        this.hashes = hashes;
    }

    static Anchors of(Collection<String> names) {
        return new Anchors(names.stream().mapToLong(Anchors::hash).sorted().toArray());
    }

    int size() {
        return hashes.length;
    }

    /**
     * Whether a browser finds something to scroll to (HTML, "find a potential indicated element").
     * A fragment that scripts read, such as {@code #/path} or {@code #!path}, is taken for found.
     */
    boolean has(String fragment) {
        int directive = fragment.indexOf(":~:"); // a text fragment highlights, and is ignored
        String name = directive < 0 ? fragment : fragment.substring(0, directive);
        if (name.isEmpty() || name.startsWith("/") || name.startsWith("!")) {
            return true;
        }
        String decoded = decoded(name);
        return contains(name)
                || contains(decoded)
                || decoded.toLowerCase(Locale.ROOT).equals("top")
                || contains("user-content-" + decoded); // GitHub's script removes that prefix
    }

    private boolean contains(String name) {
        return Arrays.binarySearch(hashes, hash(name)) >= 0;
    }

    /** Percent-decoded as UTF-8; a percent sign that encodes nothing stays. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                bytes[length++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                bytes[length++] = bytes[i];
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
