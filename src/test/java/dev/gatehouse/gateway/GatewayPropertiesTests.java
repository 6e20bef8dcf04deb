package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.Rejection;
import dev.gatehouse.testing.TestProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayPropertiesTests {

    private static final String FIRST = "gatehouse.gateways[0].";

    @TempDir private Path folder;

    @Test
    void hasNoGatewaysAndTrustsNoProxyWhenNothingIsSet() {
        assertThat(bind())
                .isEqualTo(new GatewayProperties(List.of(), Duration.ofSeconds(10), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "-a"})
    void stopsWhenNameIsNone(String name) {
        assertThat(Rejection.of(() -> bindGateway("name=" + name)))
                .isEqualTo(
                        """
                        gatehouse.gateways[0].name = '%s' is not a name of letters, digits, dots \
                        and hyphens. Name the gateway: its name stands in metrics and in the log."""
                                .formatted(name));
    }

    @Test
    void stopsWhenNameIsTaken() {
        assertThat(
                        Rejection.of(
                                () ->
                                        bindGateway(
                                                "name=same",
                                                "1.name=same",
                                                "1.header=X-Other",
                                                "1.secrets=" + TestGateways.SECRET)))
                .isEqualTo(
                        """
                        gatehouse.gateways[1].name = 'same' is another gateway's name too. Give each \
                        gateway a name of its own; a rotated secret is a second entry of secrets, \
                        not a second gateway.""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X Secret", "X-Secret:"})
    void stopsWhenHeaderIsNone(String header) {
        assertThat(Rejection.of(() -> bindGateway("header=" + header)))
                .isEqualTo(
                        """
                        gatehouse.gateways[0].header = '%s' is not the name of a header. Give the \
                        header in which the gateway sends its secret, such as \
                        X-RapidAPI-Proxy-Secret."""
                                .formatted(header));
    }

    @Test
    void stopsWhenThereIsNoSecret() {
        assertThat(Rejection.of(() -> bind(FIRST + "name=rapidapi", FIRST + "header=X-Secret")))
                .isEqualTo(
                        """
                        gatehouse.gateways[0].secrets = '' is empty, and so is secret-files. Give \
                        the secret that the gateway sends; two while it is being rotated.""");
    }

    @Test
    void stopsWhenThereAreThreeSecrets() {
        assertThat(
                        Rejection.of(
                                () ->
                                        bindGateway(
                                                "secrets[1]=" + TestGateways.NEXT_SECRET,
                                                "secret-files=/run/secret")))
                .isEqualTo(
                        """
                        gatehouse.gateways[0].secrets = '******' has, with secret-files, 3 secrets. \
                        Keep two at most: the one in use and, while it is being rotated, the next.""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "                    ",
                "fifteen-letters",
                "sixteen letters!",
                "é123456789012345"
            })
    void stopsWithoutShowingItWhenSecretIsUnfit(String secret) {
        assertThat(Rejection.of(() -> bindGateway("secrets[0]=" + secret)))
                .isEqualTo(
                        """
                        gatehouse.gateways[0].secrets[0] = '******' is blank, shorter than 16 \
                        characters, or not visible ASCII. Make one with: openssl rand -hex 32""");
    }

    @Test
    void stopsWhenSecretFileIsMissing() {
        Path file = folder.resolve("none");

        assertThat(Rejection.of(() -> TestGateways.of(TestGateways.gatewayWithFiles(file))))
                .isEqualTo(
                        """
                        gatehouse.gateways[0].secret-files[0] = '%s' cannot be read \
                        (NoSuchFileException). Mount a file that holds the secret and nothing else, \
                        and that user '%s' may read."""
                                .formatted(file, System.getProperty("user.name")));
    }

    @Test
    void stopsWithoutShowingItWhenSecretFileHoldsNone() throws Exception {
        Path file = Files.writeString(folder.resolve("short"), "too-short\n");

        assertThat(Rejection.of(() -> TestGateways.of(TestGateways.gatewayWithFiles(file))))
                .isEqualTo(
                        """
                        gatehouse.gateways[0].secret-files[0] = '%s' holds a secret that is blank, \
                        shorter than 16 characters, or not visible ASCII. Mount a file that holds \
                        the secret and nothing else, and that user '%s' may read."""
                                .formatted(file, System.getProperty("user.name")));
    }

    @Test
    void stopsWhenUserHeaderIsNone() {
        assertThat(Rejection.of(() -> bindGateway("user-headers=X User")))
                .isEqualTo(
                        """
                        gatehouse.gateways[0].user-headers[0] = 'X User' is not the name of a \
                        header. Give a header in which the gateway names its users, such as \
                        X-RapidAPI-User.""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-header", "plan-header"})
    void stopsWhenHeaderOfUserOrPlanIsNone(String name) {
        assertThat(Rejection.of(() -> bindGateway(name + "=X User")))
                .startsWith(
                        "gatehouse.gateways[0].%s = 'X User' is not the name of a header."
                                .formatted(name));
    }

    @Test
    void userAndPlanHeadersWhenNotSetAreThoseOfRapidApiOrTheFirstUserHeader() {
        GatewayProperties.GatewaySpec rapidApi =
                bindGateway("header=X-RapidAPI-Proxy-Secret").gateways().getFirst();
        GatewayProperties.GatewaySpec other =
                bindGateway("header=X-Secret", "user-headers=X-User,X-Plan").gateways().getFirst();
        GatewayProperties.GatewaySpec named =
                bindGateway("user-header=X-Name", "plan-header=X-Tier").gateways().getFirst();

        assertThat(rapidApi.allUserHeaders())
                .containsExactly("X-RapidAPI-User", "X-RapidAPI-Subscription");
        assertThat(rapidApi.effectiveUserHeader()).isEqualTo("X-RapidAPI-User");
        assertThat(rapidApi.effectivePlanHeader()).isEqualTo("X-RapidAPI-Subscription");
        assertThat(other.effectiveUserHeader()).isEqualTo("X-User");
        assertThat(other.effectivePlanHeader()).isNull();
        assertThat(named.allUserHeaders()).containsExactly("X-Name", "X-Tier");
    }

    @Test
    void stopsWhenSecretsAreNeverReadAgain() {
        assertThat(Rejection.of(() -> bind("gatehouse.gateway-secret-refresh=0s")))
                .isEqualTo(
                        """
                        gatehouse.gateway-secret-refresh = 'PT0S' is not a positive duration. Set it \
                        to a duration such as 10s.""");
    }

    @Test
    void namesPropertyWhenGatewaysNetworkOrPathOrProxyIsNone() {
        assertThat(Rejection.of(() -> bindGateway("networks=10.0.0.0/33")))
                .startsWith("gatehouse.gateways[0].networks[0] = '10.0.0.0/33' is not a network.");
        assertThat(Rejection.of(() -> bindGateway("paths=a")))
                .startsWith("gatehouse.gateways[0].paths[0] = 'a' does not begin with a slash.");
        assertThat(Rejection.of(() -> bind("gatehouse.trusted-proxies=0.0.0.0/0")))
                .startsWith(
                        "gatehouse.trusted-proxies[0] = '0.0.0.0/0' would let in the public"
                                + " internet.");
    }

    @Test
    void showsNoSecretWhenPrinted() {
        assertThat(bindGateway().toString()).doesNotContain(TestGateways.SECRET);
        assertThat(new SecretFile.Secret(TestGateways.SECRET).toString())
                .doesNotContain(TestGateways.SECRET);
    }

    /** A gateway that is right but for these; {@code 1.name=value} is of the second. */
    private static GatewayProperties bindGateway(String... own) {
        List<String> properties = new ArrayList<>(Arrays.asList(TestGateways.gateway()));
        for (String one : own) {
            properties.add(
                    one.startsWith("1.")
                            ? "gatehouse.gateways[1]." + one.substring(2)
                            : FIRST + one);
        }
        return bind(properties.toArray(String[]::new));
    }

    private static GatewayProperties bind(String... properties) {
        return TestProperties.bind(GatewayProperties.class, "gatehouse", properties);
    }
}
