package dev.gatehouse.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingLogFileTests {

    @TempDir private Path folder;

    private RotatingLogFile file(int maxBytes, int maxFiles) {
        return new RotatingLogFile(folder.resolve("access.log"), maxBytes, maxFiles);
    }

    private static LineBuffer line(String text) {
        LineBuffer line = new LineBuffer(100);
        line.text(text, new byte[0]);
        line.endLine();
        return line;
    }

    private String content(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void writeWhenThereIsRoomAppends() throws IOException {
        file(10, 3).write(line("1234"));
        file(10, 3).write(line("5678"));

        assertThat(content("access.log")).isEqualTo("1234\n5678\n");
        assertThat(folder).isDirectoryNotContaining("glob:**.1");
    }

    @Test
    void writeWhenTheFileIsFullKeepsTheLastFiles() throws IOException {
        RotatingLogFile file = file(5, 3);

        for (String text : new String[] {"1111", "2222", "3333", "4444"}) {
            file.write(line(text));
        }

        assertThat(content("access.log")).isEqualTo("4444\n");
        assertThat(content("access.log.1")).isEqualTo("3333\n");
        assertThat(content("access.log.2")).isEqualTo("2222\n");
        assertThat(folder.resolve("access.log.3")).doesNotExist();
    }

    @Test
    void writeWhenOneFileIsKeptBeginsItAnew() throws IOException {
        RotatingLogFile file = file(5, 1);

        file.write(line("1111"));
        file.write(line("2222"));

        assertThat(content("access.log")).isEqualTo("2222\n");
        assertThat(folder.resolve("access.log.1")).doesNotExist();
    }

    /** As logrotate does it. */
    @Test
    void writeWhenAnotherProgramRenamedTheFileBeginsANewOne() throws IOException {
        RotatingLogFile file = file(100, 3);
        file.write(line("1111"));
        Files.move(folder.resolve("access.log"), folder.resolve("old"));

        file.write(line("2222"));

        assertThat(content("access.log")).isEqualTo("2222\n");
    }

    @Test
    void writeWhenTheFileIsNewLetsItsOwnerAloneReadIt() throws IOException {
        file(100, 3).write(line("1111"));

        assertThat(Files.getPosixFilePermissions(folder.resolve("access.log")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void checkWhenTheFolderIsMissingStopsTheStart() {
        Path file = folder.resolve("none/access.log");

        assertThatThrownBy(() -> new RotatingLogFile(file, 100, 3).checked())
                .hasMessageStartingWith(
                        "gatehouse.access-log.file = '" + file + "' cannot be written");
    }

    @Test
    void writerWhenTheFileCannotBeWrittenCountsAndGoesOn() throws IOException {
        AccessLogQueue queue = new AccessLogQueue(1, 2 * LineBuffer.LONGEST_LINE, JsonLine::new);
        Path file = folder.resolve("logs/access.log");
        AccessLogWriter writer =
                new AccessLogWriter(
                        queue,
                        new UnreadableRequestLimiter(),
                        new RotatingLogFile(file, 10_000, 2));

        queue.offer(AccessLogValveTests.exchangeWithoutTrace());
        writer.writeAll();
        assertThat(queue.failed()).isEqualTo(1);

        Files.createDirectory(file.getParent());
        queue.offer(AccessLogValveTests.exchangeWithoutTrace());
        writer.writeAll();
        assertThat(writer.written()).isEqualTo(1);
        assertThat(file).content().contains("\"http.request.id\"");
    }
}
