package dev.gatehouse.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Configuration files as the kubelet mounts a ConfigMap: each is a link into {@code ..data}, itself
 * a link that is renamed over.
 */
public final class MountedConfiguration {

    private static final String APPLICATION = "application.yml";

    private final Path mount;
    private int version;

    private MountedConfiguration(Path mount) {
        this.mount = mount;
    }

    /** With {@code application.yml} alone. */
    public static MountedConfiguration in(Path mount, String first) throws IOException {
        return in(mount, Map.of(APPLICATION, first));
    }

    /**
     * With several files.
     *
     * @param files contents by name
     */
    public static MountedConfiguration in(Path mount, Map<String, String> files)
            throws IOException {
        MountedConfiguration configuration = new MountedConfiguration(mount);
        configuration.swap(files);
        for (String name : files.keySet()) {
            Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
        }
        return configuration;
    }

    /** As a property. */
    public String property() {
        return "spring.config.additional-location=file:" + mount + "/";
    }

    public void swap(String content) throws IOException {
        swap(Map.of(APPLICATION, content));
    }

    /** All at once. */
    public void swap(Map<String, String> files) throws IOException {
        Path next = Files.createDirectory(mount.resolve("..version_" + ++version));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(next.resolve(file.getKey()), file.getValue());
        }
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), next.getFileName());
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }
}
