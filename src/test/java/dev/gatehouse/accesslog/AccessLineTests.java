package dev.gatehouse.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accesslog.AccessEvent.Exchange;
import dev.gatehouse.accesslog.AccessEvent.Tls;
import dev.gatehouse.accesslog.AccessEvent.Unread;
import dev.gatehouse.connector.ConnectorName;
import org.junit.jupiter.api.Test;

class AccessLineTests {

    private static final long AT = 1_795_352_717_608L;

    @Test
    void sayInJsonWhenNothingIsKnown() {
        assertThat(line(new JsonLine(), AccessLogValveTests.exchange(null, null, 400)))
                .isEqualTo(
                        "{\"@timestamp\":\"2026-11-22T13:05:17.608Z\","
                                + "\"event.dataset\":\"gatehouse.access\","
                                + "\"gatehouse.connector\":\"http\",\"source.ip\":\"192.0.2.1\","
                                + "\"http.response.status_code\":400,"
                                + "\"http.response.body.bytes\":0,\"event.duration\":0,"
                                + "\"http.request.id\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                                + "\"trace.id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}");
    }

    @Test
    void leaveOutTheTraceWhenTheIdIsNone() {
        assertThat(line(new JsonLine(), AccessLogValveTests.exchangeWithoutTrace()))
                .endsWith("\"http.request.id\":\"00000000000000010000000000000002\"}")
                .doesNotContain("trace.id");
    }

    @Test
    void sayInJsonHowManyWereNotRead() {
        assertThat(line(new JsonLine(), new Unread(AT, 97, 2)))
                .isEqualTo(
                        "{\"@timestamp\":\"2026-11-22T13:05:17.608Z\","
                                + "\"event.dataset\":\"gatehouse.access\","
                                + "\"gatehouse.unread.requests\":97,\"gatehouse.unread.peers\":2}");
    }

    @Test
    void sayInApachesWayWhenCombined() {
        assertThat(line(new CombinedLine(), AccessLogValveTests.exchange("GET", "/a\"\n", 200)))
                .isEqualTo(
                        "192.0.2.1 - - [22/Nov/2026:13:05:17 +0000] \"GET /a\\\"\\x0a HTTP/-\" 200"
                                + " - \"-\" \"-\"");
        assertThat(line(new CombinedLine(), AccessLogValveTests.exchange(null, null, 400)))
                .isEqualTo("192.0.2.1 - - [22/Nov/2026:13:05:17 +0000] \"-\" 400 - \"-\" \"-\"");
        assertThat(line(new CombinedLine(), new Unread(AT, 97, 2)))
                .isEqualTo(
                        "- - - [22/Nov/2026:13:05:17 +0000] \"-\" 400 - \"-\" \"97 more from 2"
                                + " peers\"");
    }

    @Test
    void findRoomWhenEachCharacterOfEachTextIsEscaped() {
        String longest = "\u0001".repeat(2048) + "…";
        Exchange exchange =
                new Exchange(
                        AT,
                        ConnectorName.HTTPS,
                        longest,
                        longest,
                        longest,
                        longest,
                        longest,
                        longest,
                        Integer.MIN_VALUE,
                        Long.MIN_VALUE,
                        Long.MIN_VALUE,
                        longest,
                        new Tls("1.3", longest),
                        null,
                        longest,
                        new RequestId(-1, -1, true));

        assertThat(line(new JsonLine(), exchange)).endsWith("\"}").contains("\\u0001…\"");
        assertThat(line(new CombinedLine(), exchange)).endsWith("\\x01…\"");
    }

    @Test
    void writeNumbersAndTextAsJavaDoes() {
        for (long number : new long[] {0, 9, 10, 99, 100, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            LineBuffer line = new LineBuffer(100);
            line.number(number);
            assertThat(line).hasToString(Long.toString(number));
        }
        LineBuffer line = new LineBuffer(100);
        line.text("a\u00a0é€\ud83d\ude00\ud83d|\u007f", new byte[] {'%'});
        line.hex(0x0123456789abcdefL);
        assertThat(line).hasToString("a\u00a0é€\ud83d\ude00?|%7f0123456789abcdef");
    }

    private static String line(AccessLine format, AccessEvent event) {
        LineBuffer line = new LineBuffer(LineBuffer.LONGEST_LINE);
        format.append(event, line);
        return line.toString();
    }
}
