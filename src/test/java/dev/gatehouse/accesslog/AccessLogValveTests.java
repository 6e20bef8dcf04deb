package dev.gatehouse.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.gatehouse.accesslog.AccessEvent.Exchange;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.connector.Connectors;
import dev.gatehouse.connector.Networks;
import dev.gatehouse.gateway.ForwardedClients;
import dev.gatehouse.gateway.TrustedProxies;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessLogValveTests {

    private static final Exchange LINE = exchange("GET", "/", 200);
    private static final ForwardedClients NOBODY_TRUSTED =
            new ForwardedClients(new TrustedProxies(Networks.parse("", List.of())));

    private final AccessLogQueue queue =
            new AccessLogQueue(1, 2 * LineBuffer.LONGEST_LINE, CombinedLine::new);
    private final Connector connector = new Connector();
    private final Request request = new Request(connector, new org.apache.coyote.Request());
    private final Response response = new Response(new org.apache.coyote.Response());

    @Test
    void letNothingOutWhenLineCannotBeMade() {
        AccessLogValve valve =
                valve(
                        new AccessEventReader(new Connectors(), NOBODY_TRUSTED) {
                            @Override
                            Exchange read(
                                    Request request,
                                    Response response,
                                    @Nullable String path,
                                    long nanos) {
                                throw new InternalError("made by a test");
                            }
                        });

        assertThatNoException().isThrownBy(() -> valve.log(request, response, 0));
        assertThat(queue.failed()).isEqualTo(1);
    }

    @Test
    void dropAndCountWhenQueueIsFull() {
        String path = "/" + "a".repeat(LineBuffer.LONGEST_LINE / 2);
        AccessLogValve valve = valve(reading("GET", path, 200));

        for (int i = 0; i < 5; i++) {
            valve.log(request, response, 0);
        }

        assertThat(taken()).hasSize(2);
        assertThat(queue.dropped()).isEqualTo(3);
        valve.log(request, response, 0);
        assertThat(taken()).hasSize(1);
        assertThat(queue.dropped()).isEqualTo(3);
    }

    @Test
    void takeAnotherPageWhenSomebodyIsWritingOnTheFirst() {
        AtomicInteger lines = new AtomicInteger();
        AccessLogQueue[] self = new AccessLogQueue[1];
        self[0] =
                new AccessLogQueue(
                        2,
                        LineBuffer.LONGEST_LINE,
                        () ->
                                (_, line) -> {
                                    int number = lines.incrementAndGet();
                                    if (number == 1) {
                                        fromAnotherThread(() -> self[0].offer(LINE));
                                    }
                                    line.number(number);
                                });

        self[0].offer(LINE);

        assertThat(linesOf(self[0])).containsExactly("1", "2");
        assertThat(self[0].dropped()).isZero();
    }

    @Test
    void leaveNoHalfLineWhenItCannotBeMade() {
        AtomicInteger lines = new AtomicInteger();
        AccessLogQueue failing =
                new AccessLogQueue(
                        1,
                        2 * LineBuffer.LONGEST_LINE,
                        () ->
                                (_, line) -> {
                                    line.raw('a');
                                    if (lines.incrementAndGet() == 2) {
                                        throw new IllegalStateException("made by a test");
                                    }
                                });

        failing.offer(LINE);
        assertThatIllegalStateException().isThrownBy(() -> failing.offer(LINE));
        failing.offer(LINE);

        assertThat(linesOf(failing)).containsExactly("a", "a");
    }

    @Test
    void leaveOutExcludedPathsUnlessTheyFail() {
        log("/ping", 200);
        log("/status/a/b", 302);
        log("/status", 200);
        assertThat(taken()).isEmpty();

        log("/ping", 503);
        log("/statuses", 200);
        assertThat(taken()).hasSize(2);
        log("/ping/a", 200);
        assertThat(taken()).hasSize(1);
    }

    private void log(String path, int status) {
        request.getCoyoteRequest().requestURI().setString(path);
        response.getCoyoteResponse().setStatus(status);
        valve(reading("GET", path, status)).log(request, response, 0);
    }

    @Test
    void writeThreeLinesASecondWhenAPeerSendsNothingReadable() {
        AccessLogValve valve = valve(reading(null, null, 400));
        List<String> lines = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            valve.log(request, response, 0);
            lines.addAll(taken());
        }

        assertThat(lines).hasSize(3);
    }

    private static void fromAnotherThread(Runnable runnable) {
        Thread thread = Thread.ofPlatform().start(runnable);
        assertThatNoException().isThrownBy(thread::join);
    }

    private AccessLogValve valve(AccessEventReader reader) {
        return new AccessLogValve(
                reader,
                queue,
                new UnreadableRequestLimiter(),
                new ExcludedPaths(List.of("/ping", "/status/**")));
    }

    private static AccessEventReader reading(
            @Nullable String method, @Nullable String path, int status) {
        return new AccessEventReader(new Connectors(), NOBODY_TRUSTED) {
            @Override
            Exchange read(Request request, Response response, @Nullable String asked, long nanos) {
                return exchange(method, path, status);
            }
        };
    }

    static Exchange exchange(@Nullable String method, @Nullable String path, int status) {
        return exchange(
                method,
                path,
                status,
                new RequestId(0x4bf92f3577b34da6L, 0xa3ce929d0e0e4736L, true));
    }

    static Exchange exchangeWithoutTrace() {
        return exchange("GET", "/", 200, new RequestId(1, 2, false));
    }

    private static Exchange exchange(
            @Nullable String method, @Nullable String path, int status, RequestId id) {
        return new Exchange(
                1_795_352_717_608L,
                ConnectorName.HTTP,
                "192.0.2.1",
                null,
                method,
                null,
                path,
                null,
                status,
                0,
                0,
                null,
                null,
                null,
                null,
                id);
    }

    private List<String> taken() {
        return linesOf(queue);
    }

    private static List<String> linesOf(AccessLogQueue queue) {
        List<String> lines = new ArrayList<>();
        queue.drainTo(buffer -> buffer.toString().lines().forEach(lines::add));
        return lines;
    }
}
