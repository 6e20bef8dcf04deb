package dev.gatehouse.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.gatehouse.accesslog.AccessEvent.Exchange;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessLogValveTests {

    private final AccessLogQueue queue = new AccessLogQueue(2);
    private final Connector connector = new Connector();
    private final Request request = new Request(connector, new org.apache.coyote.Request());
    private final Response response = new Response(new org.apache.coyote.Response());

    @Test
    void letNothingOutWhenLineCannotBeMade() {
        AccessLogValve valve =
                valve(
                        new AccessEventReader(new Connectors()) {
                            @Override
                            Exchange read(Request request, Response response, long nanos) {
                                throw new InternalError("made by a test");
                            }
                        });

        assertThatNoException().isThrownBy(() -> valve.log(request, response, 0));
        assertThat(queue.failed()).isEqualTo(1);
    }

    @Test
    void dropAndCountWhenQueueIsFull() {
        AccessLogValve valve = valve(reading("GET", "/a", 200));

        for (int i = 0; i < 5; i++) {
            valve.log(request, response, 0);
        }

        assertThat(queue.dropped()).isEqualTo(3);
        assertThat(taken()).hasSize(2);
    }

    @Test
    void leaveOutExcludedPathsUnlessTheyFail() {
        valve(reading("GET", "/ping", 200)).log(request, response, 0);
        valve(reading("GET", "/status/a/b", 302)).log(request, response, 0);
        valve(reading("GET", "/status", 200)).log(request, response, 0);
        assertThat(taken()).isEmpty();

        valve(reading("GET", "/ping", 503)).log(request, response, 0);
        valve(reading("GET", "/statuses", 200)).log(request, response, 0);
        assertThat(taken()).hasSize(2);
        valve(reading("GET", "/ping/a", 200)).log(request, response, 0);
        assertThat(taken()).hasSize(1);
    }

    @Test
    void writeThreeLinesASecondWhenAPeerSendsNothingReadable() {
        AccessLogValve valve = valve(reading(null, null, 400));
        List<AccessEvent> lines = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            valve.log(request, response, 0);
            lines.addAll(taken());
        }

        assertThat(lines).hasSize(3);
    }

    private AccessLogValve valve(AccessEventReader reader) {
        return new AccessLogValve(reader, queue, new UnreadLimit(), List.of("/ping", "/status/**"));
    }

    private static AccessEventReader reading(
            @Nullable String method, @Nullable String path, int status) {
        return new AccessEventReader(new Connectors()) {
            @Override
            Exchange read(Request request, Response response, long nanos) {
                return exchange(method, path, status);
            }
        };
    }

    static Exchange exchange(@Nullable String method, @Nullable String path, int status) {
        return new Exchange(
                1_795_352_717_608L,
                ConnectorName.HTTP,
                "192.0.2.1",
                null,
                method,
                path,
                null,
                status,
                0,
                0,
                null,
                null,
                null,
                null,
                new RequestId(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, false));
    }

    private List<AccessEvent> taken() {
        List<AccessEvent> events = new ArrayList<>();
        queue.drainTo(events);
        return events;
    }
}
