package dev.gatehouse.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for servers that are told theirs. They are below those that the kernel gives to
 * connections, one of which might take the port before the server does.
 */
public final class FreePort {

    private static final int FIRST = 12_000;
    private static final int COUNT = 16_000;

    private static final AtomicInteger next =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePort() {}

    /** One that was free a moment ago for TCP and UDP, and is not returned twice. */
    public static int next() {
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + next.getAndIncrement() % COUNT;
            try (ServerSocket _ = new ServerSocket(port);
                    DatagramSocket _ = new DatagramSocket(port)) {
                return port;
            } catch (IOException _) {
                // in use: the next one
            }
        }
        throw new IllegalStateException("No port is free");
    }
}
