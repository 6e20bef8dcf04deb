package dev.gatehouse.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A configuration file as the kubelet mounts a ConfigMap: {@code application.yml} is a link into
 * {@code ..data}, itself a link that is renamed over.
 */
final class MountedConfiguration {

    private final Path mount;
    private int version;

    private MountedConfiguration(Path mount) {
        this.mount = mount;
    }

    static MountedConfiguration in(Path mount, String first) throws IOException {
        MountedConfiguration configuration = new MountedConfiguration(mount);
        configuration.swap(first);
        Files.createSymbolicLink(
                mount.resolve("application.yml"), Path.of("..data", "application.yml"));
        return configuration;
    }

    /** As a property. */
    String property() {
        return "spring.config.additional-location=file:" + mount + "/";
    }

    void swap(String content) throws IOException {
        Path next = Files.createDirectory(mount.resolve("..version_" + ++version));
        Files.writeString(next.resolve("application.yml"), content);
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), next.getFileName());
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }
}
