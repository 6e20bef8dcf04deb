package dev.gatehouse.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder that plays a developer's machine: the real mvnw in a checkout, and only those JDKs and
 * Mavens that a test puts there.
 */
final class FakeMachine {

    /** A Maven that prints what it was called with. */
    static final String MAVEN =
            """
            #!/bin/sh
            echo "maven=$0"
            echo "JAVA_HOME=$JAVA_HOME"
            echo "directory=$(pwd)"
            for argument in "$@"; do echo "argument=$argument"; done
            """;

    private static final List<String> TOOLS =
            List.of(
                    "basename",
                    "cat",
                    "dirname",
                    "mkdir",
                    "mktemp",
                    "mv",
                    "readlink",
                    "rm",
                    "sed",
                    "tr",
                    "uname");

    private static final String PROPERTIES = ".mvn/wrapper/maven-wrapper.properties";

    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    FakeMachine(Path root) throws IOException {
        this.root = root.toRealPath();
        for (String folder : List.of("bin", "home", "project/.mvn/wrapper")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.copy(Path.of("mvnw"), project().resolve("mvnw"));
        Files.copy(Path.of(PROPERTIES), project().resolve(PROPERTIES));
        for (String tool : TOOLS) {
            addToolToPath(tool);
        }
        set("PATH", this.root.resolve("bin").toString());
        set("HOME", home().toString());
        set("GATEHOUSE_JDK_ROOTS", this.root.resolve("jdks") + ":" + this.root.resolve("more"));
    }

    Path project() {
        return root.resolve("project");
    }

    Path home() {
        return root.resolve("home");
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    void unset(String variable) {
        environment.remove(variable);
    }

    void putOnPath(Path executable) throws IOException {
        Files.createSymbolicLink(root.resolve("bin").resolve(executable.getFileName()), executable);
    }

    /** Makes a tool of the real machine callable, by a script rather than a link out of here. */
    void addToolToPath(String tool) throws IOException {
        addScriptToPath(tool, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(RequiredTools.path(tool)));
    }

    void addScriptToPath(String name, String script) throws IOException {
        addScript(root.resolve("bin").resolve(name), script);
    }

    void removeFromPath(String name) throws IOException {
        Files.delete(root.resolve("bin").resolve(name));
    }

    /** Puts a JDK into a folder, relative to the machine's root; returns its home. */
    Path addJdk(String folder, String version) throws IOException {
        Path home = addJre(folder, version);
        addScript(home.resolve("bin/javac"), "#!/bin/sh\n");
        return home;
    }

    Path addJre(String folder, String version) throws IOException {
        Path home = root.resolve(folder);
        addScript(home.resolve("bin/java"), "#!/bin/sh\n");
        Files.writeString(
                home.resolve("release"),
                """
                IMPLEMENTOR="Gatehouse"
                JAVA_RUNTIME_VERSION="99.0.1+1"
                JAVA_VERSION="%s"
                """
                        .formatted(version));
        return home;
    }

    /** Puts a Maven on the PATH that tells its version by the name of a jar alone. */
    void addMaven(String version) throws IOException {
        Path home = root.resolve("apache-maven-" + version);
        addScript(home.resolve("bin/mvn"), MAVEN);
        Path lib = Files.createDirectories(home.resolve("lib"));
        Files.createFile(lib.resolve("maven-core-" + version + ".jar"));
        putOnPath(home.resolve("bin/mvn"));
    }

    void setDistribution(String url, String sha256) throws IOException {
        String properties = "distributionUrl=%s\ndistributionSha256Sum=%s\n".formatted(url, sha256);
        Files.writeString(project().resolve(PROPERTIES), properties);
    }

    WrapperRun mvnw(String... arguments) throws IOException, InterruptedException {
        return mvnwIn(project(), arguments);
    }

    WrapperRun mvnwIn(Path directory, String... arguments)
            throws IOException, InterruptedException {
        Path output = root.resolve("output");
        Path errors = root.resolve("errors");
        Stream<String> command =
                Stream.concat(
                        Stream.of(project().resolve("mvnw").toString()), Stream.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command.toList())
                        .directory(directory.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("mvnw did not end within 30 seconds");
        }
        return new WrapperRun(
                process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private static void addScript(Path path, String script) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, script);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
