package dev.gatehouse.tools.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of forms: what is read, and what is refused by its text alone. */
class TargetTests {

    @ParameterizedTest
    @CsvSource({
        "example.test, http://example.test/",
        "EXAMPLE.test., http://example.test/",
        "//example.test/a, http://example.test/a",
        "https://example.test, https://example.test/",
        "HTTPS://example.test:443/a?b=c#d, https://example.test/a?b=c",
        "http://example.test:443/, http://example.test:443/",
        "example.test:80, http://example.test/",
        "example.test?q, http://example.test/?q",
        "example.test/a?b=https://c.test/, http://example.test/a?b=https://c.test/",
        "bücher.test, http://xn--bcher-kva.test/",
        "faß.de, http://xn--fa-hia.de/",
        "💩.la, http://xn--ls8h.la/",
        "http://192.0.2.7/, http://192.0.2.7/",
        "http://[2001:DB8::1]/, http://[2001:db8::1]/"
    })
    void textWhenAProperFormIsRead(String text, String url) {
        assertThat(Target.parse(text))
                .isInstanceOfSatisfying(
                        Target.Accepted.class,
                        accepted ->
                                assertThat(accepted.url().toString().replaceFirst("#.*", ""))
                                        .isEqualTo(url));
    }

    @ParameterizedTest
    @CsvSource({
        "example.test, https://example.test",
        "//example.test/a, https://example.test/a",
        "example.test/a?b=http://c.test/, https://example.test/a?b=http://c.test/",
        "' http://example.test/ ', http://example.test/",
        "ftp://example.test/, ftp://example.test/",
        "'', ''"
    })
    void textWithoutSchemeIsReadAsHttps(String text, String url) {
        assertThat(Target.withHttps(text)).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://example.test/, SCHEME",
        "file:///etc/passwd, SCHEME",
        "gopher://example.test:80/_, SCHEME",
        "jar:http://example.test/, SCHEME",
        "dict://127.0.0.1:11211/, SCHEME",
        "http://user@example.test/, USERINFO",
        "http://user:secret@example.test/, USERINFO",
        "http://example.test@127.0.0.1/, USERINFO",
        "example.test@127.0.0.1, USERINFO",
        "http://example.test:8080/, PORT",
        "http://example.test:22/, PORT",
        "http://example.test:0/, PORT",
        "example.test:25, PORT",
        "http://example.test:99999/, PORT",
        "http://example.test:443443/, PORT",
        "http://2130706433/, HOST_FORM",
        "http://0x7f000001/, HOST_FORM",
        "http://0x7f.0.0.1/, HOST_FORM",
        "http://0177.0.0.1/, HOST_FORM",
        "http://017700000001/, HOST_FORM",
        "http://127.1/, HOST_FORM",
        "http://127.0.1/, HOST_FORM",
        "http://127.0.0.1./x, ACCEPTED",
        "http://127.0.0.01/, HOST_FORM",
        "http://127.0.0.256/, HOST_FORM",
        "http://1.2.3.4.5/, HOST_FORM",
        "http://a.0x1/, HOST_FORM",
        "http://１２７.0.0.1/, ACCEPTED",
        "http://①②⑦.1/, HOST_FORM",
        "http://127。0。0。1/, ACCEPTED",
        "http://127%2e0%2e0%2e1/, HOST_FORM",
        "http://%31%32%37.0.0.1/, HOST_FORM",
        "http://[::1%25lo]/, HOST_FORM",
        "http://[fe80::1%eth0]/, HOST_FORM",
        "http://[::1/, HOST_FORM",
        "http://[127.0.0.1]/, HOST_FORM",
        "http://::1/, HOST_FORM",
        "http://[]/, HOST_FORM",
        "http:///etc, HOST_FORM",
        "http://exa mple.test/, CHARACTERS",
        "http://example.test\\@127.0.0.1/, CHARACTERS",
        "http:\\\\example.test, CHARACTERS",
        "http://example..test/, HOST_FORM",
        "http://-a.test/, HOST_FORM",
        "http://a_b.test/, HOST_FORM",
        "intranet, LOCAL_NAME",
        "server, HOST_FORM",
        "localhost, LOCAL_NAME",
        "LOCALHOST., LOCAL_NAME",
        "a.localhost, LOCAL_NAME",
        "printer.local, LOCAL_NAME",
        "metadata.google.internal, LOCAL_NAME",
        "kubernetes.default.svc.cluster.local, LOCAL_NAME",
        "kubernetes.default.svc, ACCEPTED",
        "router.home.arpa, LOCAL_NAME",
        "abc.onion, LOCAL_NAME"
    })
    void textWhenAnOddFormIsRefusedOrLeftToTheAddress(String text, String outcome) {
        switch (Target.parse(text)) {
            case Target.Refused(var refusal) -> assertThat(refusal).hasToString(outcome);
            case Target.Accepted(var url) ->
                    assertThat(outcome).as(url.toString()).isEqualTo("ACCEPTED");
        }
    }

    @Test
    void textWhenEmptyIsRefused() {
        assertThat(Target.parse("  ")).isEqualTo(new Target.Refused(TargetRefusal.EMPTY));
    }

    @Test
    void textWhenWithALineEndIsRefused() {
        assertThat(Target.parse("http://example.test/\r\nX: y"))
                .isEqualTo(new Target.Refused(TargetRefusal.CHARACTERS));
    }

    @Test
    void textWhenTooLongIsRefused() {
        assertThat(Target.parse("http://example.test/" + "a".repeat(2048)))
                .isEqualTo(new Target.Refused(TargetRefusal.TOO_LONG));
    }
}
