package dev.gatehouse.config;

import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;

/** A feature whose properties can change while the server runs. */
public interface Reloadable {

    /** The properties, or sections of properties, that it reads again. */
    List<String> properties();

    /**
     * Binds and checks the properties of a new configuration, and changes nothing yet.
     *
     * @return takes them into use; it neither throws nor waits
     * @throws RuntimeException where they cannot be used, such as {@link InvalidPropertyException}
     */
    Runnable prepare(Binder binder);
}
