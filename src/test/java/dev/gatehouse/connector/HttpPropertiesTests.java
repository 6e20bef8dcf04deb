package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.InvalidPropertyException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HttpPropertiesTests {

    @Test
    void propertiesWhenNothingIsConfiguredHaveTheirDefaults() {
        HttpProperties defaults =
                new Binder(new MapConfigurationPropertySource())
                        .bindOrCreate("gatehouse.http", HttpProperties.class);

        assertThat(defaults).isEqualTo(new HttpProperties(80));
    }

    @Test
    void portWhenOutOfRangeIsRejected() {
        assertThatThrownBy(() -> new HttpProperties(65_536))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessage("gatehouse.http.port = '65536' is not a port.");
        assertThatThrownBy(() -> new HttpProperties(-1))
                .hasMessage("gatehouse.http.port = '-1' is not a port.");
    }
}
