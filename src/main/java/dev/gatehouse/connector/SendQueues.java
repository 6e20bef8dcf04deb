package dev.gatehouse.connector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The unacknowledged bytes in the kernel's send queues, from {@code /proc/net/tcp} of Linux,
 * including those of sockets that the process has closed. Always zero on other systems.
 */
class SendQueues {

    private static final Logger logger = LoggerFactory.getLogger(SendQueues.class);

    private static final Pattern BLANKS = Pattern.compile(" +");

    /** Column of the local address, such as {@code 0100007F:01BB}. */
    private static final int LOCAL_ADDRESS = 1;

    /** Column of the send and receive queue, such as {@code 00000000:00000000}. */
    private static final int QUEUES = 4;

    private static final int HEXADECIMAL = 16;

    private final List<Path> tables;

    SendQueues() {
        this(List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6")));
    }

    SendQueues(List<Path> tables) {
        this.tables = tables;
    }

    /** Bytes that clients of these ports have not acknowledged. */
    long unsent(Collection<Integer> ports) {
        return tables.stream().mapToLong(table -> unsent(table, ports)).sum();
    }

    private static long unsent(Path table, Collection<Integer> ports) {
        try (Stream<String> lines = Files.lines(table)) {
            return lines.skip(1)
                    .mapToLong(line -> unsent(BLANKS.split(line.strip(), 0), ports))
                    .sum();
        } catch (IOException | RuntimeException ex) {
            logger.debug("{} cannot be read", table, ex);
            return 0;
        }
    }

    private static long unsent(String[] fields, Collection<Integer> ports) {
        String local = fields[LOCAL_ADDRESS];
        int port = hexadecimal(local.substring(local.indexOf(':') + 1));
        String queues = fields[QUEUES];
        return ports.contains(port) ? hexadecimal(queues.substring(0, queues.indexOf(':'))) : 0;
    }

    private static int hexadecimal(String number) {
        return Integer.parseUnsignedInt(number, HEXADECIMAL);
    }
}
