package dev.gatehouse.tools.job.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.GatehouseApplication;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start pays for a database: nothing where none is configured. */
class LoadedClassesTests {

    private static final Pattern OF_DATABASE =
            Pattern.compile(
                    "\\] (org\\.postgresql|com\\.zaxxer|org\\.flywaydb|com\\.github\\.kagkarlsson"
                            + "|org\\.springframework\\.(jdbc|transaction))\\.");

    @TempDir Path folder;

    @Test
    void startWhenNoDatabaseIsConfiguredLoadsNoClassOfOne() throws IOException {
        try (GatehouseProcess process = start("spring.datasource.url=")) {
            process.port(ConnectorName.HTTP);
            assertThat(loaded()).isEmpty();
        }
    }

    @Test
    void startWhenDatabaseIsUnreachableServesTheSite() throws IOException {
        try (GatehouseProcess process =
                start(
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/gatehouse",
                        "spring.datasource.password=not-in-the-log",
                        "logging.level.com.zaxxer=debug")) {
            int port = process.port(ConnectorName.HTTPS);
            assertThat(
                            RawHttp.tls(port, RawHttp.request("GET / HTTP/1.1", "Host: localhost"))
                                    .status())
                    .isEqualTo(200);
            assertThat(loaded()).isNotEmpty();
            assertThat(process.log()).doesNotContain("not-in-the-log");
        }
    }

    private GatehouseProcess start(String... properties) throws IOException {
        return GatehouseProcess.start(
                folder,
                List.of("env", "JDK_JAVA_OPTIONS=-Xlog:class+load:file=" + log()),
                GatehouseApplication.class,
                properties);
    }

    private Path log() {
        return folder.resolve("classes.log");
    }

    private List<String> loaded() throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> OF_DATABASE.matcher(line).find()).toList();
        }
    }
}
