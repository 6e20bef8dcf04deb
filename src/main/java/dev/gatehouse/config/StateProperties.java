package dev.gatehouse.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where state is kept on disk.
 *
 * @param stateDirectory folder below which features keep what must outlive the process; by default
 *     the first entry of {@code $STATE_DIRECTORY}, which systemd sets, else {@code
 *     /var/lib/gatehouse} if it is writable, else {@code $XDG_STATE_HOME/gatehouse}, else {@code
 *     ~/.local/state/gatehouse}
 */
@ConfigurationProperties("gatehouse")
record StateProperties(@Nullable Path stateDirectory) {}
