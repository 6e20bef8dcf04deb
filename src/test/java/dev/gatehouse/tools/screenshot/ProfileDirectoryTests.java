package dev.gatehouse.tools.screenshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileDirectoryTests {

    @TempDir private Path temporary;
    @TempDir private Path elsewhere;

    private Path abandoned;
    private Path kept;

    @BeforeEach
    void writeFiles() throws Exception {
        abandoned = temporary.resolve("gatehouse-browser-" + endedProcess() + "-1");
        kept = Files.writeString(elsewhere.resolve("kept"), "kept");
    }

    private static long endedProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private void create(Path profile) throws IOException {
        Files.createDirectory(
                profile,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(Files.createDirectory(profile.resolve("inner")).resolve("file"), "x");
        Files.createSymbolicLink(profile.resolve("inner/link"), elsewhere);
    }

    @Test
    void profileOfEndedProcessIsDeletedAndWhatItLinksToIsNot() throws IOException {
        create(abandoned);

        ProfileDirectory.deleteAbandoned(temporary);

        assertThat(temporary).isEmptyDirectory();
        assertThat(kept).exists();
    }

    @Test
    void profileOfRunningProcessStays() throws IOException {
        Path own =
                temporary.resolve(
                        "gatehouse-browser-" + ProcessHandle.current().pid() + "-another");
        create(own);

        ProfileDirectory.deleteAbandoned(temporary);

        assertThat(own.resolve("inner/file")).exists();
    }

    @Test
    void linkWithTheNameOfAProfileStaysWithWhatItLinksTo() throws IOException {
        Files.createSymbolicLink(abandoned, elsewhere);

        ProfileDirectory.deleteAbandoned(temporary);

        assertThat(abandoned).isSymbolicLink();
        assertThat(kept).exists();
    }

    @Test
    void directoryThatOthersMayWriteToStays() throws IOException {
        create(abandoned);
        Files.setPosixFilePermissions(abandoned, PosixFilePermissions.fromString("rwx----w-"));

        ProfileDirectory.deleteAbandoned(temporary);

        assertThat(abandoned.resolve("inner/file")).exists();
    }

    @Test
    void directoryOfAnotherUserStays() throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        create(abandoned);
        Files.setAttribute(abandoned, "unix:uid", 65_534);

        ProfileDirectory.deleteAbandoned(temporary);

        assertThat(abandoned.resolve("inner/file")).exists();
    }
}
