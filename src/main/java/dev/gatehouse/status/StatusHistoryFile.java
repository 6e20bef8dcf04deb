package dev.gatehouse.status;

import dev.gatehouse.config.StateDirectory;
import dev.gatehouse.status.StatusTimeline.Interval;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the history over a restart, in a file of the state directory: a line for each interval,
 * {@code COMPONENT FROM UNTIL CONDITION}. Without a directory that can be written the history
 * begins anew with each start.
 */
class StatusHistoryFile {

    private static final Logger logger = LoggerFactory.getLogger(StatusHistoryFile.class);

    private final Path file;
    private boolean isFailing;

    StatusHistoryFile(StateDirectory state) {
        this.file = state.path().resolve("status/history");
    }

    /**
     * Fills the timelines with what an earlier run has saved.
     *
     * @param now the time: a clock that was ahead then may have saved what is not over yet
     */
    void load(StatusHistory history, Instant now) {
        try {
            for (String line : Files.readAllLines(file)) {
                load(line.split(" ", -1), history, now);
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
    }

    private static void load(String[] fields, StatusHistory history, Instant now) {
        Instant from = Instant.parse(fields[1]);
        Instant until = Instant.parse(fields[2]);
        Instant end = until.isAfter(now) ? now : until;
        if (!end.isBefore(from)) {
            history.timeline(StatusComponent.valueOf(fields[0]))
                    .add(new Interval(from, end, ComponentCondition.valueOf(fields[3])));
        }
    }

    synchronized void save(StatusHistory history) {
        List<String> lines = new ArrayList<>();
        for (StatusComponent component : StatusComponent.values()) {
            for (Interval interval : history.timeline(component).recorded()) {
                lines.add(
                        "%s %s %s %s"
                                .formatted(
                                        component,
                                        interval.from(),
                                        interval.until(),
                                        interval.condition()));
            }
        }
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
                        "The status page's history will not outlive a restart: {}", ex.toString());
            }
        }
    }
}
