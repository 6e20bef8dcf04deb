package dev.gatehouse.reload;

import java.util.Set;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Actuator's {@code configuration}: the last reload, or, by POST, another one. */
@Endpoint(id = "configuration")
class ConfigurationEndpoint {

    private final ConfigurationReloader reloader;

    ConfigurationEndpoint(ConfigurationReloader reloader) {
        this.reloader = reloader;
    }

    /**
     * The answer.
     *
     * @param reloadable the properties, or sections of properties, that can be reloaded
     */
    record State(ReloadReport lastReload, Set<String> reloadable) {}

    @ReadOperation
    State state() {
        return new State(reloader.last(), reloader.properties());
    }

    @WriteOperation
    State reload() {
        return new State(reloader.reload(ReloadTrigger.ACTUATOR), reloader.properties());
    }
}
