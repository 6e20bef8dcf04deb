package dev.gatehouse.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The chart in this repository, and Helm to render it. */
final class HelmChart {

    static final Path FOLDER = Path.of("helm", "gatehouse");
    static final String NEWEST_KUBERNETES = "1.34.0";
    private static final int OLDEST_MINOR = 29;
    private static final int NEWEST_MINOR = 34;

    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    private HelmChart() {}

    /** The versions that it is made for, each at its first release. */
    static List<String> kubernetesVersions() {
        return IntStream.rangeClosed(OLDEST_MINOR, NEWEST_MINOR)
                .mapToObj("1.%d.0"::formatted)
                .toList();
    }

    /** The files of values that it is tried with. */
    static List<Path> valuesFiles() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
            return files.sorted().toList();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static LintResult lint() {
        return new Helm(FOLDER).lint().strict().call();
    }

    /** As rendered once: many tests look at the same manifests. */
    static Manifests rendered(String kubernetes, Path values) {
        return RENDERED.computeIfAbsent(kubernetes + " " + values, _ -> render(kubernetes, values));
    }

    /** Renders for a version of Kubernetes; fails as Helm does. */
    static Manifests render(String kubernetes, Path values) {
        Objects.requireNonNull(FakeCluster.INSTANCE, "asked by lookup");
        return Manifests.parse(
                new Helm(FOLDER)
                        .template()
                        .withName("web")
                        .withNamespace("edge")
                        .withKubeVersion(kubernetes)
                        .withValuesFile(values.toAbsolutePath())
                        .call());
    }

    /** Renders with values in YAML, for the newest Kubernetes. */
    static Manifests render(String values) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, values);
                return render(NEWEST_KUBERNETES, file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
