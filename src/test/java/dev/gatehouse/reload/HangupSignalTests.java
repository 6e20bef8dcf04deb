package dev.gatehouse.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.GatehouseApplication;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.MountedConfiguration;
import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real process, which SIGHUP would end without a handler, and looks at its files. */
class HangupSignalTests {

    @TempDir private Path mount;
    @TempDir private Path logs;

    /** Env undoes a {@code nohup} around the build. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void processReloadsAtSignalAndEndsAtSigterm() throws Exception {
        MountedConfiguration configuration = MountedConfiguration.in(mount, file("a.example"));
        try (GatehouseProcess process =
                GatehouseProcess.start(
                        logs,
                        List.of("env", "--default-signal=HUP"),
                        GatehouseApplication.class,
                        configuration.property(),
                        "gatehouse.exemptions.loopback=false",
                        "gatehouse.state-directory=" + logs)) {
            int port = process.port(ConnectorName.HTTP);
            assertThat(status(port, "a.example")).isEqualTo(301);

            configuration.swap(file("b.example"));
            process.signal("HUP");
            await().until(() -> status(port, "b.example") == 301);
            assertThat(status(port, "a.example")).isEqualTo(421);

            configuration.swap("gatehouse: [");
            process.signal("HUP");
            await().until(() -> process.log().contains("A file is not YAML"));
            assertThat(status(port, "b.example")).isEqualTo(301);

            process.terminate();
            assertThat(process.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void processReloadsByItselfWhenIntervalIsSet() throws IOException {
        MountedConfiguration configuration = MountedConfiguration.in(mount, file("a.example"));
        try (GatehouseProcess process =
                GatehouseProcess.start(
                        logs,
                        configuration.property(),
                        "gatehouse.exemptions.loopback=false",
                        "gatehouse.reload.interval=100ms",
                        "gatehouse.state-directory=" + logs)) {
            int port = process.port(ConnectorName.HTTP);
            assertThat(status(port, "a.example")).isEqualTo(301);

            configuration.swap(file("b.example"));
            await().until(() -> status(port, "b.example") == 301);
            assertThat(process.log()).containsOnlyOnce("The configuration was reloaded");
        }
    }

    private static String file(String host) {
        return "gatehouse.redirect.hosts: [" + host + "]\n";
    }

    private static int status(int port, String host) {
        return RawHttp.plain(port, RawHttp.request("GET / HTTP/1.1", "Host: " + host)).status();
    }
}
