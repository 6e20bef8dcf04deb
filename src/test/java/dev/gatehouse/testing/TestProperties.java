package dev.gatehouse.testing;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Properties as Spring Boot binds them, without an application. */
public final class TestProperties {

    private TestProperties() {}

    /** Binds properties, each given as {@code name=value}. */
    public static <T> T bind(Class<T> type, String prefix, String... properties) {
        Map<String, @Nullable String> map = new HashMap<>();
        for (String property : properties) {
            int equals = property.indexOf('=');
            map.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return new Binder(new MapConfigurationPropertySource(map)).bindOrCreate(prefix, type);
    }
}
