package dev.gatehouse.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.Http2Frames;
import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attacks on HTTP/2, several of each kind at a time, again and again, and meanwhile honest clients
 * on new connections: each gets its whole answer. For longer by {@code
 * -Dgatehouse-test.load.seconds=60}.
 */
@EnabledOnOs(OS.LINUX)
class Http2AttackTests {

    private static final Logger logger = LoggerFactory.getLogger(Http2AttackTests.class);

    private static final int ATTACKERS_OF_A_KIND = 2;
    private static final int CLIENTS = 8;
    private static final int FRAMES = 20_000;
    private static final byte[] CANCEL = {0, 0, 0, 8};
    private static final byte[] HEADERS = new byte[1024];
    private static final String PING =
            RawHttp.request("GET /ping HTTP/1.1", "Host: localhost", "Connection: close");

    @TempDir private Path folder;

    @Test
    void clientsWhenOthersAttackOverHttp2GetWholeAnswers() throws Exception {
        Duration time = Duration.ofSeconds(Integer.getInteger("gatehouse-test.load.seconds", 8));
        try (GatehouseProcess gatehouse = GatehouseProcess.startAsInContainer(folder)) {
            long end = System.nanoTime() + time.toNanos();
            int https = gatehouse.port(ConnectorName.HTTPS);
            AtomicInteger attacks = new AtomicInteger();
            AtomicInteger answers = new AtomicInteger();
            Queue<String> wrong = new ConcurrentLinkedQueue<>();
            try (ExecutorService clients = Executors.newCachedThreadPool()) {
                for (Attack attack : Attack.values()) {
                    for (int i = 0; i < ATTACKERS_OF_A_KIND; i++) {
                        clients.execute(
                                () -> {
                                    while (System.nanoTime() < end) {
                                        attack(attack, https);
                                        attacks.incrementAndGet();
                                    }
                                });
                    }
                }
                for (int i = 0; i < CLIENTS; i++) {
                    clients.execute(
                            () -> {
                                while (System.nanoTime() < end) {
                                    ask(gatehouse, wrong);
                                    answers.addAndGet(3);
                                }
                            });
                }
            }
            logger.info("{} attacks, {} answers", attacks, answers);

            assertThat(wrong).as(attacks + " attacks").isEmpty();
            assertThat(attacks.get()).isGreaterThan(Attack.values().length);
            assertThat(gatehouse.log()).doesNotContain("is DEAD").doesNotContain(" ERROR ");
        }
    }

    /** On three new connections. */
    private static void ask(GatehouseProcess gatehouse, Queue<String> wrong) {
        int https = gatehouse.port(ConnectorName.HTTPS);
        try (Http2Frames client = new Http2Frames(https)) {
            expectPong(RawHttp.plain(gatehouse.port(ConnectorName.HTTP), PING), wrong);
            expectPong(RawHttp.tls(https, PING), wrong);
            client.get(1);
            int status = client.readStatus(1);
            if (status != 200) {
                wrong.add("HTTP/2: " + status);
            }
        } catch (IOException | RuntimeException ex) {
            wrong.add(ex.toString());
        }
    }

    private static void expectPong(RawHttp.Response answer, Queue<String> wrong) {
        if (answer.status() != 200 || !answer.body().equals("pong")) {
            wrong.add(answer.toString());
        }
    }

    private static void attack(Attack attack, int port) {
        try (Http2Frames frames =
                attack == Attack.CLOSED_WINDOW
                        ? Http2Frames.stalled(port)
                        : new Http2Frames(port)) {
            for (int i = 0; i < FRAMES; i++) {
                attack.send(frames, i);
            }
        } catch (IOException _) {
            return; // the server has ended the connection, as it should
        }
    }

    private enum Attack {
        RAPID_RESET {
            @Override
            void send(Http2Frames frames, int i) throws IOException {
                frames.get(2 * i + 1);
                frames.send(Http2Frames.RST_STREAM, 0, 2 * i + 1, CANCEL);
            }
        },
        ENDLESS_HEADERS {
            @Override
            void send(Http2Frames frames, int i) throws IOException {
                if (i == 0) {
                    frames.beginHeaders(1);
                }
                frames.send(Http2Frames.CONTINUATION, 0, 1, HEADERS);
            }
        },
        PINGS {
            @Override
            void send(Http2Frames frames, int i) throws IOException {
                frames.send(Http2Frames.PING, 0, 0, new byte[8]);
            }
        },
        SETTINGS {
            @Override
            void send(Http2Frames frames, int i) throws IOException {
                frames.send(Http2Frames.SETTINGS, 0, 0, new byte[] {0, 3, 0, 0, 0, 100});
            }
        },
        EMPTY_DATA {
            @Override
            void send(Http2Frames frames, int i) throws IOException {
                if (i == 0) {
                    frames.beginHeaders(1);
                }
                frames.send(Http2Frames.DATA, 0, 1, new byte[0]);
            }
        },
        MANY_STREAMS {
            @Override
            void send(Http2Frames frames, int i) throws IOException {
                frames.getPage(2 * i + 1);
            }
        },
        CLOSED_WINDOW {
            @Override
            void send(Http2Frames frames, int i) throws IOException {
                frames.getPage(2 * i + 1);
            }
        };

        abstract void send(Http2Frames frames, int i) throws IOException;
    }
}
