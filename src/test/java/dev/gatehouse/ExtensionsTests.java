package dev.gatehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.RawHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Jars that are added to Gatehouse, as docs/extensions.md has them. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit sets it
class ExtensionsTests {

    private static final Pattern SOURCE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("class (\\w+)");
    private static final Pattern CONFIGURATION = Pattern.compile("```\n(com\\.example\\..*)\n```");

    @TempDir Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a script for sh")
    void launcherWhenTheDocumentedExampleIsInItsFolderServesTheController() throws IOException {
        Path launcher = distribution();
        Path extensions = Files.createDirectory(folder.resolve("lib/extensions"));
        example(extensions.resolve("greetings.jar"));
        try (GatehouseProcess gatehouse = GatehouseProcess.startByLauncher(folder, launcher)) {
            RawHttp.Response greeting =
                    RawHttp.tls(
                            gatehouse.port(ConnectorName.HTTPS),
                            RawHttp.request("GET /greetings/world HTTP/1.1", "Host: localhost"));
            RawHttp.Response redirect =
                    RawHttp.plain(
                            gatehouse.port(ConnectorName.HTTP),
                            RawHttp.request(
                                    "GET /greetings/world HTTP/1.1",
                                    "Host: localhost",
                                    "X-Forwarded-For: 192.0.2.1"));

            assertThat(greeting.status()).isEqualTo(200);
            assertThat(greeting.body()).isEqualTo("{\"text\":\"Hello, world\"}");
            assertThat(redirect.status()).isEqualTo(301);
            assertThat(gatehouse.log()).contains("Extensions: greetings.jar");
        }
    }

    @Test
    void ofWhenThePatternMatchedNothingFindsNone() {
        assertThat(Extensions.of("/app/gatehouse.jar:/app/extensions/*").jars()).isEmpty();
        assertThat(Extensions.of("gatehouse.jar").jars()).isEmpty();
        assertThat(Extensions.of("").jars()).isEmpty();
        assertThat(Extensions.of("target/classes:" + folder).jars()).isEmpty();
    }

    @Test
    void checkWhenNoneHasAConfigurationWarns(CapturedOutput output) throws IOException {
        Path jar = folder.resolve("library.jar");
        write(jar, Files.createDirectory(folder.resolve("empty")));

        Extensions.of("gatehouse.jar:" + jar).check();

        assertThat(output)
                .contains("Extensions: library.jar")
                .contains("No extension has " + Extensions.CONFIGURATIONS);
    }

    @Test
    void checkWhenOneHasAConfigurationDoesNotWarn(CapturedOutput output) throws IOException {
        Path jar = folder.resolve("greetings.jar");
        Path library = folder.resolve("library.jar");
        example(jar);
        write(library, Files.createDirectory(folder.resolve("empty")));

        Extensions.of("gatehouse.jar:" + library + ":" + jar).check();

        assertThat(output)
                .contains("Extensions: library.jar, greetings.jar")
                .doesNotContain("No extension has");
    }

    @Test
    void checkWhenOneIsNoJarNamesIt() throws IOException {
        Path jar = Files.writeString(folder.resolve("half.jar"), "PK");

        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> Extensions.of("gatehouse.jar:" + jar).check())
                .withMessageStartingWith("extension = '" + jar + "' cannot be read (");
    }

    @Test
    void checkWhenOneNamesAClassThatIsNotThereNamesBoth() throws IOException {
        Path content = folder.resolve("content");
        Path imports = content.resolve(Extensions.CONFIGURATIONS);
        Files.createDirectories(imports.getParent());
        Files.writeString(imports, "# ours\ndev.gatehouse.Launcher\n\ncom.example.Mising # typo\n");
        Path jar = folder.resolve("greetings.jar");
        write(jar, content);

        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> Extensions.of("gatehouse.jar:" + jar).check())
                .withMessage(
                        "extension = '"
                                + jar
                                + "' names a configuration that is not there, com.example.Mising.");
    }

    @Test
    void checkWhenOneIsAnApplicationOfSpringBootSaysSo() throws IOException {
        Path content = folder.resolve("content");
        Files.createDirectories(content.resolve("BOOT-INF/classes"));
        Files.writeString(content.resolve("BOOT-INF/classes/application.yml"), "");
        Path jar = folder.resolve("api.jar");
        write(jar, content);

        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> Extensions.of("gatehouse.jar:" + jar).check())
                .withMessageContaining("is an application of Spring Boot");
    }

    /** One whose jar names the classes of this build, without a cache; returns its launcher. */
    private Path distribution() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.copy(Path.of("src/packaging/jvm.options"), lib.resolve("jvm.options"));
        Files.createSymbolicLink(
                folder.resolve("runtime"), Path.of(System.getProperty("java.home")));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(System.getProperty("java.class.path").split(":"))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(lib.resolve("gatehouse.jar"))) {
            new JarOutputStream(out, manifest).close();
        }
        return Files.copy(
                Path.of("src/packaging/dist/gatehouse"),
                bin.resolve("gatehouse"),
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** The example of the documentation, compiled by the JDK's compiler. */
    private void example(Path jar) throws IOException {
        String text = Files.readString(Path.of("docs/extensions.md"));
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                "-cp",
                                System.getProperty("java.class.path")));
        for (String source : groups(SOURCE, text)) {
            String name = groups(CLASS, source).getFirst();
            Path file = sources.resolve(name + ".java");
            Files.writeString(file, source);
            arguments.add(file.toString());
        }
        assertThat(
                        ToolProvider.getSystemJavaCompiler()
                                .run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        Path imports = classes.resolve(Extensions.CONFIGURATIONS);
        Files.createDirectories(imports.getParent());
        Files.writeString(imports, groups(CONFIGURATION, text).getFirst());
        assertThat(text).contains(Extensions.CONFIGURATIONS);
        write(jar, classes);
    }

    private static List<String> groups(Pattern pattern, String text) {
        List<String> found = pattern.matcher(text).results().map(ExtensionsTests::first).toList();
        assertThat(found).as(pattern.pattern()).isNotEmpty();
        return found;
    }

    private static String first(MatchResult result) {
        return result.group(1);
    }

    private static void write(Path jar, Path content) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar), UTF_8);
                Stream<Path> files = Files.walk(content)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(content.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
            }
        }
    }
}
