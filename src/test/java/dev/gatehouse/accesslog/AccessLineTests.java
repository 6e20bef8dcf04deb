package dev.gatehouse.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accesslog.AccessEvent.Unread;
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
                                + "\"http.request.id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}");
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

    private static String line(AccessLine format, AccessEvent event) {
        StringBuilder line = new StringBuilder();
        format.append(event, line);
        return line.toString();
    }
}
