package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.tls.engine.EngineChoice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TlsPropertiesTests {

    @Test
    void haveDefaultsWhenNothingIsSet() {
        TlsProperties properties =
                new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("gatehouse.tls", TlsProperties.class);

        assertThat(properties)
                .isEqualTo(new TlsProperties(EngineChoice.AUTO, Duration.ofSeconds(2), List.of()));
    }

    @Test
    void rejectWhenCheckIntervalIsNotPositive() {
        assertThatThrownBy(() -> new TlsProperties(EngineChoice.AUTO, Duration.ZERO, List.of()))
                .hasMessage("gatehouse.tls.check-interval = 'PT0S' is not a positive duration.");
    }
}
