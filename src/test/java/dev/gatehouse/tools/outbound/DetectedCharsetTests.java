package dev.gatehouse.tools.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.outbound.DetectedCharset.Source;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectedCharsetTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html; charset=utf-8 | <p> | UTF-8 | HEADER",
                "text/html; Charset=\"ISO-8859-1\" | <p> | windows-1252 | HEADER",
                "text/html; charset=shift_jis | <meta charset=utf-8> | windows-31j | HEADER",
                "text/html; charset=unheard-of | <meta charset=euc-kr> | x-windows-949 | META",
                "text/html | <meta charset=latin1> | windows-1252 | META",
                "text/html | <meta name=a><META CHARSET='KOI8-R' > | KOI8-R | META",
                "text/html | <meta content='text/html; charset=gb2312' http-equiv=Content-Type> |"
                        + " GBK | META",
                "text/html | <meta content='text/html; charset=gb2312'> | UTF-8 | GUESS",
                "text/html | <meta charset=utf-16le> | UTF-8 | META",
                "text/html | <!-- <meta charset=koi8-r> --><meta charset=big5> | Big5 | META",
                "text/html | <a title='<meta charset=koi8-r>'> | UTF-8 | GUESS",
                "text/html | <p <meta charset=koi8-r> | UTF-8 | GUESS",
                "text/html | <!doctype html><metal charset=koi8-r> | UTF-8 | GUESS",
                "application/xml | <?xml version=\"1.0\" encoding=\"koi8-r\"?><a/> | KOI8-R | META",
                "text/html | <meta charset=utf-7> | UTF-8 | GUESS",
                "text/html | < <meta charset=koi8-r | KOI8-R | META",
                "text/html | <!-- | UTF-8 | GUESS"
            })
    void charsetIsFoundAsBrowsersFindIt(
            String contentType, String page, String charset, Source source) {
        DetectedCharset detected =
                DetectedCharset.of(contentType, page.getBytes(StandardCharsets.UTF_8), true);

        assertThat(detected.charset()).isEqualTo(Charset.forName(charset));
        assertThat(detected.source()).isEqualTo(source);
    }

    /** A byte order mark is stronger than a header. */
    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE"})
    void byteOrderMarkIsBelievedFirst(Charset charset) {
        byte[] page = "\ufeff<p>é".getBytes(charset);

        DetectedCharset detected = DetectedCharset.of("text/html; charset=koi8-r", page, true);

        assertThat(detected.charset()).isEqualTo(charset);
        assertThat(detected.declared()).isEqualTo("koi8-r");
        assertThat(detected.decode(page)).isEqualTo("<p>é");
    }

    @Test
    void pageWithoutADeclarationIsUtf8WhereItIsValidElseWindows1252() {
        byte[] utf8 = "<p>é".getBytes(StandardCharsets.UTF_8);
        byte[] latin = "<p>é…".getBytes(Charset.forName("windows-1252"));

        assertThat(DetectedCharset.of("", utf8, true).decode(utf8)).isEqualTo("<p>é");
        assertThat(DetectedCharset.of("", latin, true).decode(latin)).isEqualTo("<p>é…");
    }

    /** Its last character may have been cut. */
    @Test
    void pageWhenCutWithinACharacterIsUtf8() {
        byte[] whole = "<p>ééé€".getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);

        assertThat(DetectedCharset.of("", cut, false).charset()).isEqualTo(StandardCharsets.UTF_8);
    }

    /** Only the beginning is searched. */
    @Test
    void metaWhenBehindTheFirstKilobyteIsNotSeen() {
        byte[] page = (" ".repeat(1024) + "<meta charset=koi8-r>").getBytes(StandardCharsets.UTF_8);

        assertThat(DetectedCharset.of("", page, true).source()).isEqualTo(Source.GUESS);
    }
}
