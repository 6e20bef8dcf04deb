package dev.gatehouse.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The instance, where there are several.
 *
 * @param instance its name, in views of jobs and on the status page; by default the host's name,
 *     which is a pod's name
 */
@ConfigurationProperties("gatehouse")
record InstanceProperties(@Nullable String instance) {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    InstanceName name(Map<String, String> environment) {
        if (instance != null && !instance.isBlank()) {
            return new InstanceName(instance);
        }
        String host = environment.get("HOSTNAME");
        return new InstanceName(host == null || host.isBlank() ? ofKernel() : host);
    }

    private static String ofKernel() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException _) {
            return "localhost";
        }
    }
}
