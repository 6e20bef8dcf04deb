package dev.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The connections that the kernel has made for a listening port and the server has not accepted
 * yet. When the queue is full, the kernel drops the last step of a client's handshake: the client
 * calls its connection open, and the server never hears of it.
 */
public final class AcceptQueue {

    private static final String LISTENING = "0A";

    private final String localPort;

    public AcceptQueue(int port) {
        this.localPort = String.format(Locale.ROOT, ":%04X", port);
    }

    public int length() {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6").mapToInt(this::length).sum();
    }

    /** From the kernel's table: slot, local and remote address, state, and the two queues. */
    private int length(String table) {
        try (Stream<String> lines = Files.lines(Path.of(table))) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields[1].endsWith(localPort) && fields[3].equals(LISTENING))
                    .mapToInt(fields -> received(fields[4]))
                    .sum();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static int received(String queues) {
        return Integer.parseInt(queues.substring(queues.indexOf(':') + 1), 16);
    }
}
