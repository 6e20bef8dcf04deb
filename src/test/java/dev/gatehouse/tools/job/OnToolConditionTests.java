package dev.gatehouse.tools.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

/** Which properties turn a tool on. */
class OnToolConditionTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|true",
                "gatehouse.site.root=classpath:/site/|true",
                "gatehouse.site.root=file:/srv/|false",
                "gatehouse.site.root=file:/srv/ gatehouse.tools.enabled=true|true",
                "gatehouse.site.root=file:/srv/ gatehouse.tools.enabled=|false",
                "gatehouse.tools.enabled=false|false",
                "gatehouse.echo.enabled=false|false",
                "gatehouse.other.enabled=false|true",
                "gatehouse.site.root=file:/srv/ gatehouse.echo.enabled=true|false"
            })
    void toolWhenPropertiesAreSetIsEnabledOrNot(String properties, boolean enabled) {
        MockEnvironment environment = new MockEnvironment();
        for (String property : properties.split(" ", -1)) {
            if (!property.isEmpty()) {
                String[] pair = property.split("=", 2);
                environment.setProperty(pair[0], pair[1]);
            }
        }

        assertThat(OnToolCondition.matches(environment, "echo")).isEqualTo(enabled);
    }
}
