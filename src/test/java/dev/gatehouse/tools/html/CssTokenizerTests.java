package dev.gatehouse.tools.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.html.CssTokenizer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CssTokenizerTests {

    static List<Arguments> tokens() {
        return List.of(
                // names and escapes
                Arguments.of("a-b _c --d é", "IDENT:a-b IDENT:_c IDENT:--d IDENT:é"),
                Arguments.of("-a - -1", "IDENT:-a DELIM:- NUMBER:-1"),
                Arguments.of("\\61 b", "IDENT:ab"),
                Arguments.of("\\000061b", "IDENT:ab"),
                Arguments.of("\\0 x", "IDENT:\uFFFDx"),
                Arguments.of("\\110000 x", "IDENT:\uFFFDx"),
                Arguments.of("\\d800 x", "IDENT:\uFFFDx"),
                Arguments.of("a\\\nb", "IDENT:a DELIM:\\ IDENT:b"),
                Arguments.of("a\\", "IDENT:a\uFFFD"),
                Arguments.of("\u0000", "IDENT:\uFFFD"),
                Arguments.of("\uD83D\uDE00", "IDENT:\uD83D\uDE00"),
                // functions and URLs
                Arguments.of("rgb(1)", "FUNCTION:rgb NUMBER:1 DELIM:)"),
                Arguments.of("url(a.png)", "URL:a.png"),
                Arguments.of("URL(  a.png  )", "URL:a.png"),
                Arguments.of("u\\72l(a.png)", "URL:a.png"),
                Arguments.of("url('a.png')", "FUNCTION:url STRING:a.png DELIM:)"),
                Arguments.of("url( \"a\" )", "FUNCTION:url STRING:a DELIM:)"),
                Arguments.of("url(a\\)b)", "URL:a)b"),
                Arguments.of("url(a", "URL:a"),
                Arguments.of("url()", "URL:"),
                Arguments.of("url(a b) c", "BAD_URL: IDENT:c"),
                Arguments.of("url(a\"b) c", "BAD_URL: IDENT:c"),
                Arguments.of("url(a(b) c", "BAD_URL: IDENT:c"),
                Arguments.of("url(a\u0001b) c", "BAD_URL: IDENT:c"),
                Arguments.of("url(a\\\nb) c", "BAD_URL: IDENT:c"),
                Arguments.of("url(a b\\) c) d", "BAD_URL: IDENT:d"),
                Arguments.of("url (a)", "IDENT:url DELIM:( IDENT:a DELIM:)"),
                Arguments.of("url(/*a*/)", "URL:/*a*/"),
                // strings
                Arguments.of("\"a'b\" 'c\"d'", "STRING:a'b STRING:c\"d"),
                Arguments.of("\"a\\\nb\"", "STRING:ab"),
                Arguments.of("\"a\\\r\nb\"", "STRING:ab"),
                Arguments.of("\"a\nb\"", "BAD_STRING:a IDENT:b STRING:"),
                Arguments.of("\"a", "STRING:a"),
                Arguments.of("\"a\\", "STRING:a"),
                Arguments.of("\"\\26 B\"", "STRING:&B"),
                // numbers
                Arguments.of("1 +1 -.5 1.5e3", "NUMBER:1 NUMBER:+1 NUMBER:-.5 NUMBER:1.5e3"),
                Arguments.of("1. 1.a", "NUMBER:1 DELIM:. NUMBER:1 DELIM:. IDENT:a"),
                Arguments.of("1e 1e+ 1e+2", "DIMENSION:1e DIMENSION:1e DELIM:+ NUMBER:1e+2"),
                Arguments.of("10px 50%", "DIMENSION:10px PERCENTAGE:50"),
                Arguments.of("1url(a)", "DIMENSION:1url DELIM:( IDENT:a DELIM:)"),
                Arguments.of("1--a", "DIMENSION:1--a"),
                Arguments.of("1-->", "DIMENSION:1-- DELIM:>"),
                // the rest
                Arguments.of("@import @ @-x", "AT_KEYWORD:import DELIM:@ AT_KEYWORD:-x"),
                Arguments.of("#a #1 # #-", "HASH:a HASH:1 DELIM:# HASH:-"),
                Arguments.of("<!-- --> <!-", "CDO: CDC: DELIM:< DELIM:! DELIM:-"),
                Arguments.of("a/* url(b) */c", "IDENT:a IDENT:c"),
                Arguments.of("a/**//**/b/*", "IDENT:a IDENT:b"),
                Arguments.of("{a:b;c,[d]}", DELIMITED));
    }

    private static final String DELIMITED =
            "DELIM:{ IDENT:a DELIM:: IDENT:b DELIM:; IDENT:c DELIM:, DELIM:[ IDENT:d DELIM:] DELIM:}";

    @ParameterizedTest
    @MethodSource("tokens")
    void styleSheetWhenReadHasTheTokensOfTheStandard(String css, String expected) {
        assertThat(
                        read(css).stream()
                                .filter(token -> token.type() != CssTokenizer.Type.WHITESPACE)
                                .map(token -> token.type() + ":" + token.text())
                                .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @Test
    void tokenWhenLinesEndInAnyWayHasItsPosition() {
        assertThat(read("a\nb\r\n c\rd\f  e/*\n*/f"))
                .filteredOn(token -> token.type() == CssTokenizer.Type.IDENT)
                .extracting(token -> token.text() + " " + token.line() + ":" + token.column())
                .containsExactly("a 1:1", "b 2:1", "c 3:2", "d 4:1", "e 5:3", "f 6:3");
    }

    @Test
    void styleSheetOfAMillionBracketsWhenReadEnds() {
        assertThat(read("[".repeat(1_000_000))).hasSize(1_000_000);
        assertThat(read("url(" + "\\".repeat(1_000_001))).hasSize(1);
    }

    private static List<Token> read(String css) {
        CssTokenizer tokenizer = new CssTokenizer(css);
        List<Token> tokens = new ArrayList<>();
        for (Token token = tokenizer.next();
                token.type() != CssTokenizer.Type.END;
                token = tokenizer.next()) {
            tokens.add(token);
        }
        return tokens;
    }
}
