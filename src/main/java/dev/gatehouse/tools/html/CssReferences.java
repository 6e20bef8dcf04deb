package dev.gatehouse.tools.html;

import dev.gatehouse.tools.html.CssTokenizer.Token;
import java.util.function.Consumer;

/** The references of a style sheet, or of a style attribute: {@code url()} and {@code @import}. */
final class CssReferences {

    private final CssTokenizer tokenizer;
    private final Consumer<CssReference> found;
    private Token token;

    /**
     * A reference.
     *
     * @param line from 1, within the style sheet
     * @param column from 1
     */
    record CssReference(Kind kind, String url, int line, int column) {}

    /** What it is for. */
    enum Kind {
        IMPORT,
        FONT,
        IMAGE
    }

    private CssReferences(String css, Consumer<CssReference> found) {
        this.tokenizer = new CssTokenizer(css);
        this.found = found;
        this.token = tokenizer.next();
    }

    /** Passes the references on in their order; one to a part of the page itself is none. */
    static void forEach(String css, Consumer<CssReference> found) {
        new CssReferences(css, found).read();
    }

    private void read() {
        boolean font = false;
        int depth = 0;
        int fontDepth = 0;
        while (token.type() != CssTokenizer.Type.END) {
            if (token.is(CssTokenizer.Type.AT_KEYWORD, "font-face")) {
                font = true;
                fontDepth = depth;
            } else if (token.type() == CssTokenizer.Type.AT_KEYWORD) {
                atRule();
            } else if (token.is(CssTokenizer.Type.DELIM, "{")) {
                depth++;
            } else if (token.is(CssTokenizer.Type.DELIM, "}")) {
                depth--;
                font &= depth > fontDepth;
            } else if (token.is(CssTokenizer.Type.DELIM, ";")) {
                font &= depth > fontDepth;
            } else if (token.type() == CssTokenizer.Type.FUNCTION && isImageSet(token.text())) {
                imageSet();
            } else {
                url(font ? Kind.FONT : Kind.IMAGE);
            }
            token = tokenizer.next();
        }
    }

    private static boolean isImageSet(String name) {
        return name.equalsIgnoreCase("image-set") || name.equalsIgnoreCase("-webkit-image-set");
    }

    /** Only {@code @import} loads its URL; that of {@code @namespace} is a name. */
    private void atRule() {
        if (token.is(CssTokenizer.Type.AT_KEYWORD, "import")) {
            nextVisible();
            if (token.type() == CssTokenizer.Type.STRING) {
                add(Kind.IMPORT, token, token.text());
            } else {
                url(Kind.IMPORT);
            }
        } else if (token.is(CssTokenizer.Type.AT_KEYWORD, "namespace")) {
            while (token.type() != CssTokenizer.Type.END
                    && !token.is(CssTokenizer.Type.DELIM, ";")) {
                token = tokenizer.next();
            }
        }
    }

    /** A URL here, if there is one: without quotes one token, else a function around a string. */
    private void url(Kind kind) {
        Token start = token;
        if (start.type() == CssTokenizer.Type.URL) {
            add(kind, start, start.text());
        } else if (start.is(CssTokenizer.Type.FUNCTION, "url")
                || start.is(CssTokenizer.Type.FUNCTION, "src")) {
            nextVisible();
            if (token.type() == CssTokenizer.Type.STRING) {
                add(kind, start, token.text());
            }
        }
    }

    /** Strings that are candidates; one within {@code type()} is not. */
    private void imageSet() {
        int depth = 1;
        while (depth > 0) {
            token = tokenizer.next();
            if (token.type() == CssTokenizer.Type.END) {
                return;
            }
            if (token.type() == CssTokenizer.Type.STRING && depth == 1) {
                add(Kind.IMAGE, token, token.text());
            } else if (token.is(CssTokenizer.Type.FUNCTION, "url")
                    || token.is(CssTokenizer.Type.FUNCTION, "src")) {
                url(Kind.IMAGE);
                depth++;
            } else if (token.type() == CssTokenizer.Type.FUNCTION
                    || token.is(CssTokenizer.Type.DELIM, "(")) {
                depth++;
            } else if (token.is(CssTokenizer.Type.DELIM, ")")) {
                depth--;
            } else {
                url(Kind.IMAGE);
            }
        }
    }

    private void nextVisible() {
        do {
            token = tokenizer.next();
        } while (token.type() == CssTokenizer.Type.WHITESPACE);
    }

    private void add(Kind kind, Token where, String url) {
        if (!url.isBlank() && !url.startsWith("#")) {
            found.accept(new CssReference(kind, url, where.line(), where.column()));
        }
    }
}
