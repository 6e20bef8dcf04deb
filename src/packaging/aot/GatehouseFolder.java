package aot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Gatehouse as it is laid out to start fast: the jars, the JVM's flags and the AOT cache. */
public record GatehouseFolder(Path path) {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final String JAR = "gatehouse.jar";

    /** For a start by the jar's absolute path, in any folder: the cache tells the two apart. */
    private static final boolean IS_ABSOLUTE = Boolean.getBoolean("aot.absolute");

    private static final String CACHE = "gatehouse.aot";
    private static final String OPTIONS = "jvm.options";

    /** What ends by SIGTERM ends with this. */
    private static final int TERMINATED = 143;

    private static final int LONGEST_MINUTES = 10;

    private String jar() {
        return IS_ABSOLUTE ? path.resolve(JAR).toString() : JAR;
    }

    public Path cache() {
        return path.resolve(CACHE);
    }

    /** Unpacks Spring Boot's jar of jars: a cache takes no nested ones. */
    public void extract(Path jar, Path jvmOptions) throws IOException, InterruptedException {
        if (!Files.isReadable(jar)) {
            throw new Failure("There is no " + jar + ": make it with ./mvnw package");
        }
        Files.createDirectories(path);
        Files.writeString(path.resolve(OPTIONS), Files.readString(jvmOptions));
        Files.deleteIfExists(cache());
        Process extraction =
                java(
                        Stream.of("-Djarmode=tools", "-jar", jar.toString(), "extract"),
                        Stream.of("--force", "--destination", path.toString()));
        require(extraction, 0, "The jar could not be extracted");
        Path extracted = path.resolve(jar.getFileName());
        if (!extracted.equals(path.resolve(JAR))) {
            Files.move(extracted, path.resolve(JAR));
        }
    }

    public Process startTraining(List<String> arguments) throws IOException {
        // Hundreds of warnings name classes that no cache can hold: generated or signed ones.
        return java(
                Stream.of("@" + OPTIONS, "-XX:AOTCacheOutput=" + CACHE, "-Xlog:aot=error"),
                Stream.concat(Stream.of("-jar", jar()), arguments.stream()));
    }

    /** Waits until a server that was told to end has written its cache and ended. */
    public void awaitCache(Process server) throws InterruptedException {
        require(server, TERMINATED, "Gatehouse did not end as it should");
        if (!Files.exists(cache())) {
            throw new Failure("The JVM wrote no " + CACHE);
        }
    }

    /** From now on, every start with the options in the folder is one from the cache. */
    public void useCache() throws IOException {
        Files.writeString(
                path.resolve(OPTIONS),
                "# Made by TrainAot.java, for these jars and all of the above.%n-XX:AOTCache=%s%n"
                        .formatted(CACHE),
                StandardOpenOption.APPEND);
    }

    /** Starts once in the mode in which the JVM refuses to start without the cache. */
    public void prove() throws IOException, InterruptedException {
        Process start =
                java(
                        Stream.of("@" + OPTIONS, "-XX:AOTMode=on"),
                        Stream.of("-Dspring.context.exit=onRefresh", "-jar", jar()));
        require(start, 0, "Gatehouse does not start from its cache");
    }

    private Process java(Stream<String> options, Stream<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA.toString()));
        Stream.concat(options, more).forEach(command::add);
        return new ProcessBuilder(command).directory(path.toFile()).inheritIO().start();
    }

    private static void require(Process process, int status, String complaint)
            throws InterruptedException {
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new Failure(complaint + ": it ran for " + LONGEST_MINUTES + " minutes");
        }
        if (process.exitValue() != status) {
            throw new Failure(complaint + ": it ended with status " + process.exitValue());
        }
    }
}
