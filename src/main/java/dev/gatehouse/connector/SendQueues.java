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
 * What the kernel has yet to bring to the clients, as Linux tells in {@code /proc/net/tcp}: of
 * sockets that the process has closed, too. Elsewhere nothing is known, and nothing is waited for.
 */
class SendQueues {

    private static final Logger logger = LoggerFactory.getLogger(SendQueues.class);

    private static final Pattern BLANKS = Pattern.compile(" +");

    /** As {@code 0100007F:01BB}, where the port is. */
    private static final int LOCAL_ADDRESS = 1;

    /** As {@code 00000000:00000000}: to send, and received. */
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
            logger.debug("{} tells nothing", table, ex);
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
