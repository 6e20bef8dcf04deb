package dev.gatehouse.tools.outbound;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The charset of a page, as browsers find it: a byte order mark, the header, a {@code meta} among
 * the first bytes, else what the bytes look like (HTML, "determining the character encoding").
 *
 * @param declared the label in the header or the {@code meta}, or null where there is none
 */
public record DetectedCharset(Charset charset, Source source, @Nullable String declared) {

    private static final int PRESCANNED = 1024;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Pattern PARAMETER =
            Pattern.compile("charset\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s;\"']+))");

    /** What told the charset. */
    public enum Source {
        BYTE_ORDER_MARK,
        HEADER,
        META,
        GUESS
    }

    /**
     * Finds it.
     *
     * @param complete whether the last character is a whole one
     */
    public static DetectedCharset of(String contentType, byte[] bytes, boolean complete) {
        String header = parameter(contentType.toLowerCase(Locale.ROOT));
        Charset mark = mark(bytes);
        if (mark != null) {
            return new DetectedCharset(mark, Source.BYTE_ORDER_MARK, header);
        }
        Charset fromHeader = header == null ? null : named(header);
        if (fromHeader != null) {
            return new DetectedCharset(fromHeader, Source.HEADER, header);
        }
        String meta = new MetaPrescan(bytes, Math.min(bytes.length, PRESCANNED)).label();
        Charset fromMeta = meta == null ? null : named(meta);
        if (fromMeta != null) {
            boolean utf16 = fromMeta.name().startsWith("UTF-16"); // it was read as ASCII
            return new DetectedCharset(
                    utf16 ? StandardCharsets.UTF_8 : fromMeta, Source.META, meta);
        }
        return new DetectedCharset(
                guess(bytes, complete), Source.GUESS, header != null ? header : meta);
    }

    private static @Nullable Charset mark(byte[] bytes) {
        if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
            return StandardCharsets.UTF_8;
        }
        if (startsWith(bytes, 0xfe, 0xff)) {
            return StandardCharsets.UTF_16BE;
        }
        return startsWith(bytes, 0xff, 0xfe) ? StandardCharsets.UTF_16LE : null;
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String parameter(String text) {
        Matcher found = PARAMETER.matcher(text);
        if (!found.find()) {
            return null;
        }
        return Optional.ofNullable(found.group(1))
                .or(() -> Optional.ofNullable(found.group(2)))
                .orElseGet(() -> found.group(3));
    }

    /** By its label (WHATWG Encoding): the old names mean the supersets that Windows uses. */
    private static @Nullable Charset named(String label) {
        String name = label.strip().toLowerCase(Locale.ROOT);
        try {
            return switch (name) {
                case "iso-8859-1", "latin1", "l1", "ascii", "us-ascii", "iso8859-1", "cp1252" ->
                        WINDOWS_1252;
                case "unicode-1-1-utf-8", "x-unicode20utf8" -> StandardCharsets.UTF_8;
                case "utf-16", "unicode", "ucs-2" -> StandardCharsets.UTF_16LE;
                case "iso-8859-9", "latin5" -> Charset.forName("windows-1254");
                case "iso-8859-11", "tis-620" -> Charset.forName("x-windows-874");
                case "gb2312", "gb_2312-80", "chinese", "gbk", "x-gbk" -> Charset.forName("GBK");
                case "shift_jis", "shift-jis", "sjis", "x-sjis" -> Charset.forName("windows-31j");
                case "euc-kr", "ks_c_5601-1987", "korean" -> Charset.forName("x-windows-949");
                case "utf-7", "utf-32", "utf-32be", "utf-32le" -> null; // no browser reads them
                default -> Charset.forName(name);
            };
        } catch (IllegalArgumentException _) { // not a name, or not known
            return null;
        }
    }

    private static Charset guess(byte[] bytes, boolean complete) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(8192);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(in, out.clear(), complete);
        }
        return result.isError() ? WINDOWS_1252 : StandardCharsets.UTF_8;
    }

    public String decode(byte[] bytes) {
        int mark =
                source != Source.BYTE_ORDER_MARK
                        ? 0
                        : charset.equals(StandardCharsets.UTF_8) ? 3 : 2;
        return new String(bytes, mark, bytes.length - mark, charset);
    }

    /** Looks for a {@code meta} with a charset (HTML, "prescan a byte stream"). */
    private static final class MetaPrescan {

        private final String text;
        private int at;

        private MetaPrescan(byte[] bytes, int length) {
            this.text =
                    new String(bytes, 0, length, StandardCharsets.ISO_8859_1)
                            .toLowerCase(Locale.ROOT);
        }

        private @Nullable String label() {
            if (text.startsWith("<?xml")) {
                Matcher encoding = XML_ENCODING.matcher(text);
                if (encoding.lookingAt()) {
                    return encoding.group(1);
                }
            }
            while ((at = text.indexOf('<', at)) >= 0) {
                if (text.startsWith("<!--", at)) {
                    int end = text.indexOf("-->", at + 2);
                    if (end < 0) {
                        return null;
                    }
                    at = end + 3;
                } else if (text.startsWith("<meta", at) && isEndOfName(at + 5)) {
                    at += 5;
                    String label = meta();
                    if (label != null) {
                        return label;
                    }
                } else if (isTag()) {
                    skipTag();
                } else {
                    int end =
                            at + 1 < text.length() && "!/?".indexOf(text.charAt(at + 1)) >= 0
                                    ? text.indexOf('>', at)
                                    : at;
                    if (end < 0) {
                        return null;
                    }
                    at = end + 1;
                }
            }
            return null;
        }

        private static final Pattern XML_ENCODING =
                Pattern.compile("<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([^\"'>]*)[\"']");

        private boolean isEndOfName(int index) {
            return index < text.length() && " \t\n\f\r/".indexOf(text.charAt(index)) >= 0;
        }

        private boolean isTag() {
            int name = at + (text.startsWith("</", at) ? 2 : 1);
            return name < text.length() && Character.isLetter(text.charAt(name));
        }

        private void skipTag() {
            while (at < text.length() && " \t\n\f\r>".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            while (attribute() != null) {
                // only its end matters
            }
        }

        private @Nullable String meta() {
            String charset = null;
            String content = null;
            boolean pragma = false;
            for (Attribute next = attribute(); next != null; next = attribute()) {
                switch (next.name()) {
                    case "charset" -> charset = charset == null ? next.value() : charset;
                    case "content" -> content = content == null ? parameter(next.value()) : content;
                    case "http-equiv" -> pragma |= next.value().equals("content-type");
                    default -> {} // says nothing about the charset
                }
            }
            return charset != null ? charset : pragma ? content : null;
        }

        private record Attribute(String name, String value) {}

        private @Nullable Attribute attribute() {
            skip(" \t\n\f\r/");
            if (at >= text.length() || text.charAt(at) == '>') {
                return null;
            }
            int start = at;
            at++; // an equals sign begins a name
            skipUntil(" \t\n\f\r/>=");
            String name = text.substring(start, at);
            skip(" \t\n\f\r");
            if (at >= text.length() || text.charAt(at) != '=') {
                return new Attribute(name, "");
            }
            at++;
            skip(" \t\n\f\r");
            return new Attribute(name, value());
        }

        private String value() {
            if (at >= text.length()) {
                return "";
            }
            char quote = text.charAt(at);
            int start = at;
            if (quote == '"' || quote == '\'') {
                int end = text.indexOf(quote, at + 1);
                at = end < 0 ? text.length() : end + 1;
                return text.substring(start + 1, end < 0 ? text.length() : end);
            }
            skipUntil(" \t\n\f\r>");
            return text.substring(start, at);
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private void skipUntil(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
                at++;
            }
        }
    }
}
