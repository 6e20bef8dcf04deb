package dev.gatehouse.status;

import dev.gatehouse.config.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the history in a file of the state directory: a line for each interval, {@code COMPONENT
 * FROM UNTIL CONDITION}. Without a directory that can be written the history begins anew with each
 * start.
 */
class StatusHistoryFile implements StatusHistoryStore {

    private static final Logger logger = LoggerFactory.getLogger(StatusHistoryFile.class);

    private final Path file;
    private boolean isFailing;

    StatusHistoryFile(StateDirectory state) {
        this.file = state.path().resolve("status/history");
    }

    @Override
    public Optional<List<Entry>> load() {
        List<Entry> entries = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                entries.add(entry(line.split(" ", -1)));
            }
        } catch (NoSuchFileException _) {
            // the first start
        } catch (IOException
                | UncheckedIOException
                | DateTimeException
                | IllegalArgumentException
                | ArrayIndexOutOfBoundsException ex) {
            logger.warn("The rest of the status page's history is lost: {}", ex.toString());
        }
        return Optional.of(entries);
    }

    private static Entry entry(String[] fields) {
        return new Entry(
                StatusComponent.valueOf(fields[0]).name(),
                Instant.parse(fields[1]),
                Instant.parse(fields[2]),
                ComponentCondition.valueOf(fields[3]).name());
    }

    @Override
    public synchronized void save(List<Entry> entries) {
        List<String> lines =
                entries.stream()
                        .map(
                                entry ->
                                        "%s %s %s %s"
                                                .formatted(
                                                        entry.component(),
                                                        entry.from(),
                                                        entry.until(),
                                                        entry.condition()))
                        .toList();
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling("history.new");
            Files.write(next, lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            isFailing = false;
        } catch (IOException ex) {
            if (!isFailing) {
                isFailing = true;
                logger.info(
                        "The status page's history cannot be saved, and a restart will lose it: {}",
                        ex.toString());
            }
        }
    }
}
