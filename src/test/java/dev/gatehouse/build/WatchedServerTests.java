package dev.gatehouse.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that systemd runs, which gets the signals, with a server that only repeats them. Env
 * undoes a {@code nohup} around the build, which no shell can.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchedServerTests {

    private static final String SERVER =
            """
            #!/bin/sh
            trap 'echo reloaded' HUP
            trap 'echo stopped; exit 143' TERM
            echo started
            while :; do sleep 0.05; done
            """;

    @TempDir private Path folder;

    @Test
    void serverGetsSignalsWhenSystemdSendsThemToTheScript() throws Exception {
        Path script =
                Files.copy(
                        Path.of("src/packaging/dist/gatehouse-watched"),
                        folder.resolve("gatehouse-watched"));
        Path server = Files.writeString(folder.resolve("gatehouse"), SERVER);
        assertThat(server.toFile().setExecutable(true)).isTrue();
        Process process =
                new ProcessBuilder("env", "--default-signal=HUP", "sh", script.toString())
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("started");

            signal(process, "HUP");
            assertThat(lines.readLine()).isEqualTo("reloaded");
            signal(process, "HUP");
            assertThat(lines.readLine()).isEqualTo("reloaded");

            signal(process, "TERM");
            assertThat(lines.readLine()).isEqualTo("stopped");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }
}
