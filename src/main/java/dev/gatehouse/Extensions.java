package dev.gatehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.config.InvalidPropertyException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars that the launcher appends to the class path, behind Gatehouse's own. Java passes over
 * one that it cannot open, so they are checked here.
 */
record Extensions(List<Path> jars) {

    /** Spring Boot's list of the configurations in a jar. */
    static final String CONFIGURATIONS =
            "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    private static final Logger logger = LoggerFactory.getLogger(Extensions.class);
    private static final Path OWN = Path.of("gatehouse.jar");

    static Extensions onClassPath() {
        return of(System.getProperty("java.class.path", ""));
    }

    /** Those behind {@code gatehouse.jar}; none where classes are run otherwise, as in tests. */
    static Extensions of(String classPath) {
        List<Path> entries =
                Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
        return new Extensions(
                OWN.equals(entries.getFirst().getFileName())
                        ? entries.stream().skip(1).filter(Files::exists).toList()
                        : List.of()); // what does not exist is a pattern that matched no jar
    }

    /**
     * Logs them.
     *
     * @throws InvalidPropertyException if one is no plain jar, or has no class that it names
     */
    void check() {
        if (jars.isEmpty()) {
            return;
        }
        List<Path> withoutConfiguration = jars.stream().filter(jar -> !isConfigured(jar)).toList();
        logger.info("Extensions: {}", names());
        if (withoutConfiguration.equals(jars)) {
            logger.warn(
                    "No extension has {}, so none of their controllers is registered"
                            + " (docs/extensions.md)",
                    CONFIGURATIONS);
        }
    }

    private static boolean isConfigured(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            if (zip.stream().anyMatch(entry -> entry.getName().startsWith("BOOT-INF/"))) {
                throw invalid(
                        jar,
                        "is an application of Spring Boot with its own libraries",
                        "Build a plain jar, without spring-boot-maven-plugin.");
            }
            ZipEntry configurations = zip.getEntry(CONFIGURATIONS);
            if (configurations == null) {
                return false;
            }
            new String(zip.getInputStream(configurations).readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(name -> !name.isEmpty())
                    .forEach(name -> requireClass(zip, jar, name));
            return true;
        } catch (IOException ex) {
            throw invalid(
                    jar,
                    "cannot be read (" + ex.getMessage() + ")",
                    "Check that it is a jar and that user '"
                            + System.getProperty("user.name")
                            + "' may read it, or remove it.");
        }
    }

    private static void requireClass(ZipFile zip, Path jar, String name) {
        String file = name.replace('.', '/') + ".class";
        if (zip.getEntry(file) == null
                && Extensions.class.getClassLoader().getResource(file) == null) {
            throw invalid(
                    jar,
                    "names a configuration that is not there, " + name,
                    "Correct the name in " + CONFIGURATIONS + ", or add the class.");
        }
    }

    private static InvalidPropertyException invalid(Path jar, String problem, String remedy) {
        return new InvalidPropertyException("extension", jar, problem, remedy);
    }

    /** Their file names, separated by commas. */
    String names() {
        return jars.stream()
                .map(jar -> String.valueOf(jar.getFileName()))
                .collect(Collectors.joining(", "));
    }
}
