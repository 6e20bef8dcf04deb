package dev.gatehouse.tools.html;

/**
 * Splits a style sheet into tokens (CSS Syntax Level 3, section 4) in one pass, without look-ahead
 * of more than three characters. Comments are no tokens.
 */
final class CssTokenizer {

    private static final int END = -1;

    private final String css;
    private int at;
    private int line;
    private int lineStart;

    /** Types of tokens; brackets, colons, semicolons and commas are {@code DELIM} too. */
    enum Type {
        IDENT,
        FUNCTION,
        AT_KEYWORD,
        HASH,
        STRING,
        BAD_STRING,
        URL,
        BAD_URL,
        DELIM,
        NUMBER,
        PERCENTAGE,
        DIMENSION,
        WHITESPACE,
        CDO,
        CDC,
        END
    }

    /**
     * A token.
     *
     * @param text the value of a name, string or URL; the text of a number; the unit of a dimension
     *     after its number; the character of a delimiter
     * @param line from 1
     * @param column from 1
     */
    record Token(Type type, String text, int line, int column) {

        boolean is(Type other, String otherText) {
            return type == other && text.equalsIgnoreCase(otherText);
        }
    }

    CssTokenizer(String css) {
        this.css = css;
        this.line = 1;
    }

    /** The next token; {@code END} from the end on. */
    Token next() {
        skipComments();
        int tokenLine = line;
        int column = at - lineStart + 1;
        StringBuilder text = new StringBuilder();
        Type type = token(text);
        return new Token(type, text.toString(), tokenLine, column);
    }

    private void skipComments() {
        while (peek(0) == '/' && peek(1) == '*') {
            int end = css.indexOf("*/", at + 2);
            int stop = end < 0 ? css.length() : end + 2;
            while (at < stop) {
                consume();
            }
        }
    }

    private Type token(StringBuilder text) {
        int c = peek(0);
        if (c == END) {
            return Type.END;
        }
        if (isWhitespace(c)) {
            while (isWhitespace(peek(0))) {
                consume();
            }
            return Type.WHITESPACE;
        }
        if (c == '"' || c == '\'') {
            return string(text);
        }
        if (c == '#' && (isName(peek(1)) || isEscape(1))) {
            consume();
            name(text);
            return Type.HASH;
        }
        if (isNumberStart()) {
            return number(text);
        }
        if (c == '-' && peek(1) == '-' && peek(2) == '>') {
            skip(3);
            return Type.CDC;
        }
        if (c == '<' && peek(1) == '!' && peek(2) == '-' && peek(3) == '-') {
            skip(4);
            return Type.CDO;
        }
        if (c == '@' && isIdentStart(1)) {
            consume();
            name(text);
            return Type.AT_KEYWORD;
        }
        if (isIdentStart(0)) {
            return identLike(text);
        }
        text.appendCodePoint(consume());
        return Type.DELIM;
    }

    /** A name, a function, or a URL without quotes (4.3.4). */
    private Type identLike(StringBuilder text) {
        name(text);
        if (peek(0) != '(') {
            return Type.IDENT;
        }
        consume();
        if (!text.toString().equalsIgnoreCase("url")) {
            return Type.FUNCTION;
        }
        int first = 0;
        while (isWhitespace(peek(first))) {
            first++;
        }
        if (peek(first) == '"' || peek(first) == '\'') {
            return Type.FUNCTION;
        }
        text.setLength(0);
        skip(first);
        return url(text);
    }

    private Type url(StringBuilder text) {
        while (true) {
            int c = peek(0);
            if (c == END || c == ')') {
                consume();
                return Type.URL;
            }
            if (isWhitespace(c)) {
                while (isWhitespace(peek(0))) {
                    consume();
                }
                if (peek(0) == END || peek(0) == ')') {
                    consume();
                    return Type.URL;
                }
                return badUrl(text);
            }
            boolean unprintable = (c < ' ' && c != 0) || c == 0x7f;
            if (c == '"' || c == '\'' || c == '(' || unprintable || (c == '\\' && !isEscape(0))) {
                return badUrl(text);
            }
            text.appendCodePoint(c == '\\' ? escaped() : consume());
        }
    }

    private Type badUrl(StringBuilder text) {
        text.setLength(0);
        while (peek(0) != END && peek(0) != ')') {
            if (isEscape(0)) {
                escaped();
            } else {
                consume();
            }
        }
        consume();
        return Type.BAD_URL;
    }

    private Type string(StringBuilder text) {
        int quote = consume();
        while (true) {
            int c = peek(0);
            if (c == END || c == quote) {
                consume();
                return Type.STRING;
            }
            if (isNewline(c)) {
                return Type.BAD_STRING;
            }
            if (c != '\\') {
                text.appendCodePoint(consume());
            } else if (isNewline(peek(1))) {
                skip(1);
                newline();
            } else if (peek(1) == END) {
                consume();
            } else {
                text.appendCodePoint(escaped());
            }
        }
    }

    private Type number(StringBuilder text) {
        if (peek(0) == '+' || peek(0) == '-') {
            text.appendCodePoint(consume());
        }
        digits(text);
        if (peek(0) == '.' && isDigit(peek(1))) {
            text.appendCodePoint(consume());
            digits(text);
        }
        if (peek(0) == 'e' || peek(0) == 'E') {
            boolean signed = peek(1) == '+' || peek(1) == '-';
            if (isDigit(peek(signed ? 2 : 1))) {
                text.appendCodePoint(consume());
                text.appendCodePoint(consume());
                digits(text);
            }
        }
        if (isIdentStart(0)) {
            name(text);
            return Type.DIMENSION;
        }
        if (peek(0) == '%') {
            consume();
            return Type.PERCENTAGE;
        }
        return Type.NUMBER;
    }

    private void digits(StringBuilder text) {
        while (isDigit(peek(0))) {
            text.appendCodePoint(consume());
        }
    }

    private void name(StringBuilder text) {
        while (true) {
            if (isName(peek(0))) {
                text.appendCodePoint(consume());
            } else if (isEscape(0)) {
                text.appendCodePoint(escaped());
            } else {
                return;
            }
        }
    }

    /** The character of an escape, which begins here with its backslash (4.3.7). */
    private int escaped() {
        consume();
        if (!isHex(peek(0))) {
            return peek(0) == END ? 0xfffd : consume();
        }
        int value = 0;
        for (int count = 0; count < 6 && isHex(peek(0)); count++) {
            value = value * 16 + Character.digit(consume(), 16);
        }
        if (isNewline(peek(0))) {
            newline();
        } else if (isWhitespace(peek(0))) {
            consume();
        }
        boolean surrogate = value >= 0xd800 && value <= 0xdfff;
        return value == 0 || surrogate || value > 0x10ffff ? 0xfffd : value;
    }

    private boolean isEscape(int ahead) {
        return peek(ahead) == '\\' && !isNewline(peek(ahead + 1));
    }

    private boolean isIdentStart(int ahead) {
        int c = peek(ahead);
        if (c == '-') {
            int next = peek(ahead + 1);
            return isNameStart(next) || next == '-' || isEscape(ahead + 1);
        }
        return isNameStart(c) || isEscape(ahead);
    }

    private boolean isNumberStart() {
        int sign = peek(0) == '+' || peek(0) == '-' ? 1 : 0;
        return isDigit(peek(sign)) || (peek(sign) == '.' && isDigit(peek(sign + 1)));
    }

    private static boolean isNameStart(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80 || c == 0;
    }

    private static boolean isName(int c) {
        return isNameStart(c) || isDigit(c) || c == '-';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(int c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    private static boolean isNewline(int c) {
        return c == '\n' || c == '\r' || c == '\f';
    }

    private static boolean isWhitespace(int c) {
        return isNewline(c) || c == ' ' || c == '\t';
    }

    /** The code unit there, or -1 beyond the end. */
    private int peek(int ahead) {
        return at + ahead < css.length() ? css.charAt(at + ahead) : END;
    }

    private void skip(int count) {
        for (int i = 0; i < count; i++) {
            consume();
        }
    }

    /** A line break of one or two characters. */
    private void newline() {
        boolean two = peek(0) == '\r' && peek(1) == '\n';
        skip(two ? 2 : 1);
    }

    /** Reads one code point; NUL and lone surrogates are U+FFFD (3.3). Nothing at the end. */
    private int consume() {
        if (at >= css.length()) {
            return END;
        }
        int c = css.codePointAt(at);
        at += Character.charCount(c);
        if (c == '\n' || c == '\f' || (c == '\r' && peek(0) != '\n')) {
            line++;
            lineStart = at;
        }
        return c == 0 || (c >= 0xd800 && c <= 0xdfff) ? 0xfffd : c;
    }
}
