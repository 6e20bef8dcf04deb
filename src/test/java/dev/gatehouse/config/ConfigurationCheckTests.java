package dev.gatehouse.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

class ConfigurationCheckTests {

    private static final String REFERENCE = "Every property is in docs/configuration.md.";

    @ParameterizedTest
    @CsvSource({
        "gatehouse.redirect.host, gatehouse.redirect.hosts",
        "gatehouse.http.prot, gatehouse.http.port",
        "gatehouse.site.rooot, gatehouse.site.root",
        "gatehouse.frontdoor.percaler, gatehouse.front-door.per-caller",
        "gatehouse.http.port[0], gatehouse.http.port",
        "gatehouse.gateways[0].users-headers, gatehouse.gateways[].user-headers",
        "gatehouse.gateways.name, gatehouse.gateways[].name",
        "gatehouse.front-door.plans.pro.percaler, gatehouse.front-door.plans.*.per-caller",
        "gatehouse.tls.certificates[1].certificat, gatehouse.tls.certificates[].certificate"
    })
    void checkWhenAPropertyIsUnknownNamesTheNearest(String name, String nearest) {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> check(Map.of(name, "value")))
                .withMessage(
                        "%s = '%s' is not a property of Gatehouse.",
                        name, name.startsWith("gatehouse.gateways") ? "******" : "value")
                .satisfies(
                        ex ->
                                assertThat(ex.remedy())
                                        .isEqualTo("Did you mean %s? %s", nearest, REFERENCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatehouse.gateways[0].secret",
                "gatehouse.gateways[0].secrtes[0]",
                "gatehouse.gateways[0].token",
                "gatehouse.gateway[0].key"
            })
    void checkWhenAnUnknownPropertyMayBeASecretDoesNotTellIt(String name) {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> check(Map.of(name, "hunter2")))
                .withMessage(name + " = '******' is not a property of Gatehouse.");
    }

    @Test
    void checkWhenNothingIsLikeItNamesTheReferenceAlone() {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> check(Map.of("gatehouse.something.else.altogether", "1")))
                .satisfies(ex -> assertThat(ex.remedy()).isEqualTo(REFERENCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatehouse.redirect.hosts",
                "gatehouse.redirect.hosts[3]",
                "gatehouse.frontDoor.perCaller",
                "gatehouse.front-door.per_caller",
                "gatehouse.gateways[0].secrets[1]",
                "gatehouse.gateways[0].secretFiles[1]",
                "gatehouse.tls.certificates[0].private-key-password",
                "gatehouse.front-door.plans.PRO.per-caller",
                "gatehouse.seo.plans[Pro Plus].queued",
                "server.anything",
                "spring.anything",
                "gatehouses.anything",
                "gatehouse"
            })
    void checkWhenAPropertyIsKnownOrNotUnderGatehousePasses(String name) {
        assertThatNoException().isThrownBy(() -> check(Map.of(name, "value")));
    }

    @Test
    void checkWhenAFileLeavesASectionEmptyPasses() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(
                new ByteArrayResource(
                        "gatehouse:\n  redirect:\n  gateways: []\n  site: # nothing\n"
                                .getBytes(UTF_8)));
        Properties properties = Objects.requireNonNull(yaml.getObject());

        assertThatNoException()
                .isThrownBy(() -> check(new PropertiesPropertySource("file", properties)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GATEHOUSE_GATEWAYS_0_SECRETS_0",
                "GATEHOUSE_GATEWAYS_0_SECRETFILES_0",
                "GATEHOUSE_FRONTDOOR_PERCALLER",
                "GATEHOUSE_FRONT_DOOR_PER_CALLER",
                "gatehouse_http_port",
                "GATEHOUSE_REDIRECT_HOSTS",
                "GATEHOUSE_FRONTDOOR_PLANS_PRO_PERCALLER",
                "GATEHOUSE_DEADLINKS_PLANS_PRO_PLUS_QUEUED",
                "GATEHOUSE_SERVICE_HOST",
                "GATEHOUSE_SERVICE_PORT",
                "GATEHOUSE_SERVICE_PORT_HTTPS",
                "GATEHOUSE_PORT",
                "GATEHOUSE_PORT_443_TCP",
                "GATEHOUSE_PORT_443_TCP_PROTO",
                "GATEHOUSE_PORT_443_TCP_PORT",
                "GATEHOUSE_PORT_443_TCP_ADDR",
                "GATEHOUSE_METRICS_SERVICE_HOST",
                "GATEHOUSE_METRICS_SERVICE_PORT_HTTP",
                "GATEHOUSE_METRICS_PORT",
                "GATEHOUSE_METRICS_PORT_9090_TCP_ADDR",
                "GATEHOUSE_JAR",
                "GATEHOUSE_CI_CACHE",
                "GATEHOUSES_OTHER"
            })
    void checkWhenAVariableIsKnownOrAServiceLinkPasses(String name) {
        assertThatNoException().isThrownBy(() -> check(variable(name, "value")));
    }

    @ParameterizedTest
    @CsvSource({
        "GATEHOUSE_HTTP_PORT, tcp://10.0.0.1:80, gatehouse-http",
        "SERVER_PORT, tcp://10.0.0.1:443, server",
        "SERVER_PORT, udp://[fd00::1]:53, server"
    })
    void checkWhenAPortIsTheAddressOfAServiceNamesTheService(
            String name, String value, String service) {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> check(variable(name, value)))
                .withMessage(
                        name
                                + " = '"
                                + value
                                + "' is no port, but what Kubernetes sets for a Service named "
                                + service
                                + ".")
                .satisfies(ex -> assertThat(ex.remedy()).contains("enableServiceLinks: false"));
    }

    @Test
    void checkWhenAnArgumentHasThePortLeavesTheServiceAlone() {
        StandardEnvironment environment = environment();
        environment
                .getPropertySources()
                .addFirst(variable("GATEHOUSE_HTTP_PORT", "tcp://10.0.0.1:80"));
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource("arguments", Map.of("gatehouse.http.port", "8080")));

        assertThatNoException().isThrownBy(() -> ConfigurationCheck.check(environment));
    }

    @ParameterizedTest
    @CsvSource({
        "GATEHOUSE_REDIRECT_HOST, GATEHOUSE_REDIRECT_HOSTS",
        "GATEHOUSE_FRONTDOOR_PERCALER, GATEHOUSE_FRONTDOOR_PERCALLER",
        "GATEHOUSE_GATEWAYS_0_SECRTES_0, GATEHOUSE_GATEWAYS_0_SECRETS_0",
        "GATEHOUSE_SEO_PLANS_MEGA_QUEUE, GATEHOUSE_SEO_PLANS_NAME_QUEUED"
    })
    void checkWhenAVariableIsUnknownNamesTheNearest(String name, String nearest) {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> check(variable(name, "hunter2")))
                .withMessage(name + " = '******' is not a property of Gatehouse.")
                .satisfies(
                        ex ->
                                assertThat(ex.remedy())
                                        .isEqualTo("Did you mean %s? %s", nearest, REFERENCE));
    }

    @ParameterizedTest
    @CsvSource({
        "gatehouse.gateways[0].secrets[0], ${RAPIDAPI_SECRET}, ${RAPIDAPI_SECRET}",
        "gatehouse.gateways[0].secrets[0], hunter2${RAPIDAPI_SECRET}, ******",
        "gatehouse.redirect.canonical-host, www.${RAPIDAPI_SECRET}, www.${RAPIDAPI_SECRET}",
        "spring.security.user.password, ${RAPIDAPI_SECRET}, ${RAPIDAPI_SECRET}",
        "spring.security.user.name, ${RAPIDAPI_SECRET}, ${RAPIDAPI_SECRET}",
        "spring.ssl.bundle.jks.a.keystore.password, ${RAPIDAPI_SECRET}, ${RAPIDAPI_SECRET}",
        "server.ssl.key-store-password, ${RAPIDAPI_SECRET}, ${RAPIDAPI_SECRET}",
        "spring.ssl.bundle.pem.site.keystore.private-key-password, ${RAPIDAPI_SECRET},"
                + " ${RAPIDAPI_SECRET}"
    })
    void checkWhenAPlaceholderHasNoValueNamesIt(String name, String value, String shown) {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> check(Map.of(name, value)))
                .withMessage(
                        "%s = '%s' has a placeholder without a value, ${RAPIDAPI_SECRET}."
                                .formatted(name, shown))
                .satisfies(
                        ex ->
                                assertThat(ex.remedy())
                                        .startsWith(
                                                "Set the environment variable or property"
                                                        + " RAPIDAPI_SECRET, or leave out "
                                                        + name));
    }

    @Test
    void checkWhenAVariableHasAPlaceholderWithoutAValueNamesTheProperty() {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> check(variable("SPRING_SECURITY_USER_PASSWORD", "${NOT_SET}")))
                .withMessageContaining("spring.security.user.password = '${NOT_SET}'");
    }

    @ParameterizedTest
    @CsvSource({
        "gatehouse.gateways[0].secrets[0], ${name:a default}",
        "gatehouse.gateways[0].secrets[0], \\${not.a.placeholder}",
        "gatehouse.gateways[0].secrets[0], $RAPIDAPI_SECRET",
        "gatehouse.gateways[0].secrets[0], ${java.version}",
        "gatehouse.redirect.canonical-host, ${java.version}",
        "logging.pattern.console, ${NOT_OURS}",
        "my.secret, ${NOT_OURS}"
    })
    void checkWhenAPlaceholderHasAValueOrIsNotOursPasses(String name, String value) {
        assertThatNoException().isThrownBy(() -> check(Map.of(name, value)));
    }

    @ParameterizedTest
    @CsvSource({
        "management.server.port, 9090",
        "server.servlet.context-path, /app",
        "server.ssl.certificate, /etc/tls.crt",
        "server.ssl.trust-certificate, /etc/ca.crt",
        "server.ssl.bundle, mine"
    })
    void checkWhenAPropertyIsNotSupportedSaysWhatToDo(String name, String value) {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> check(Map.of(name, value)))
                .withMessageStartingWith(name + " = '" + value + "' ")
                .satisfies(ex -> assertThat(ex.remedy()).containsAnyOf("Set ", "Leave it out"));
    }

    @ParameterizedTest
    @CsvSource({
        "management.server.port, -1",
        "server.servlet.context-path, /",
        "server.ssl.bundle, site",
        "server.ssl.bundle, ${NOT_SET:site}",
        "management.server.port, ${NOT_SET:}",
        "server.ssl.key-store, classpath:store.p12",
        "spring.ssl.bundle.jks.site.keystore.location, /etc/store.p12",
        "spring.ssl.bundle.jks.client.keystore.location, /etc/store.p12"
    })
    void checkWhenASupportedValueIsGivenPasses(String name, String value) {
        assertThatNoException().isThrownBy(() -> check(Map.of(name, value)));
    }

    @Test
    void checkWhenAValueIsOverriddenLooksAtTheOneThatIsUsed() {
        StandardEnvironment environment = environment();
        environment
                .getPropertySources()
                .addLast(
                        new MapPropertySource(
                                "file", Map.of("spring.security.user.password", "${NOT_SET}")));
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "arguments", Map.of("spring.security.user.password", "set")));

        assertThatNoException().isThrownBy(() -> ConfigurationCheck.check(environment));
    }

    private static PropertySource<?> variable(String name, String value) {
        return new SystemEnvironmentPropertySource(
                "systemEnvironment", Map.<String, Object>of(name, value));
    }

    private static void check(Map<String, Object> properties) {
        check(new MapPropertySource("file", properties));
    }

    private static void check(PropertySource<?> source) {
        StandardEnvironment environment = environment();
        environment.getPropertySources().addFirst(source);
        ConfigurationCheck.check(environment);
    }

    /** With the system's properties and without its variables. */
    private static StandardEnvironment environment() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().remove("systemEnvironment");
        return environment;
    }
}
