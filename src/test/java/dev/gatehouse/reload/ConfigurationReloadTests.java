package dev.gatehouse.reload;

import static dev.gatehouse.testing.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.MountedConfiguration;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RawHttp.Response;
import dev.gatehouse.testing.RunningGatehouse;
import dev.gatehouse.testing.TestCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A running server whose configuration file is replaced as Kubernetes replaces it. */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationReloadTests {

    private static final String OLD = "old-secret-0123456789abcdef";
    private static final String NEW = "new-secret-fedcba9876543210";

    private static final String FIRST =
            """
            leads.to.itself: ${leads.to.itself}
            gatehouse:
              redirect:
                hosts: [www.example.com]
                https-port: 443
              exemptions:
                loopback: false
              gateways:
                - {name: api, header: X-Secret, secrets: [%s]}
            """
                    .formatted(OLD);

    @TempDir private static Path mount;
    @TempDir private static Path folder;

    private static MountedConfiguration configuration;
    private static RunningGatehouse gatehouse;

    @BeforeAll
    static void start() throws Exception {
        configuration = MountedConfiguration.in(mount, FIRST);
        TestCertificate.forNames("www.example.com").writeTo(folder);
        gatehouse =
                RunningGatehouse.start(
                        configuration.property(),
                        "spring.ssl.bundle.pem.site.keystore.certificate=file:"
                                + folder.resolve("tls.crt"),
                        "spring.ssl.bundle.pem.site.keystore.private-key=file:"
                                + folder.resolve("tls.key"),
                        "spring.security.user.name=operator",
                        "spring.security.user.password=correct-horse",
                        "gatehouse.reload.interval=",
                        "gatehouse.acme.webroot=");
    }

    @AfterAll
    static void stop() {
        gatehouse.close();
    }

    @BeforeEach
    void beginWithTheFirst() throws IOException {
        reload(FIRST);
    }

    @Test
    void addedSecretIsAcceptedAndRemovedOneRefusedWhenReloaded() throws IOException {
        assertThat(asGateway(OLD).status()).isEqualTo(200);
        assertThat(asGateway(NEW).status()).isEqualTo(301);

        reload(FIRST.replace("[" + OLD + "]", "[" + OLD + ", " + NEW + "]"));
        assertThat(asGateway(OLD).status()).isEqualTo(200);
        assertThat(asGateway(NEW).status()).isEqualTo(200);

        reload(FIRST.replace(OLD, NEW));
        assertThat(asGateway(OLD).status()).isEqualTo(301);
        assertThat(asGateway(NEW).status()).isEqualTo(200);

        reload(FIRST.substring(0, FIRST.indexOf("  gateways:")));
        assertThat(asGateway(NEW).status()).isEqualTo(301);
    }

    @Test
    void secretFileIsReadAgainAndNetworksOfGatewayApplyWhenReloaded() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), NEW);
        String withFile = FIRST.replace("secrets: [" + OLD + "]", "secret-files: [" + file + "]");
        reload(withFile);
        assertThat(asGateway(NEW).status()).isEqualTo(200);

        Files.writeString(file, OLD);
        reload(withFile);
        assertThat(asGateway(NEW).status()).isEqualTo(301);
        assertThat(asGateway(OLD).status()).isEqualTo(200);

        reload(FIRST.replace("[" + OLD + "]", "[" + OLD + "], networks: [192.0.2.0/24]"));
        assertThat(asGateway(OLD).status()).isEqualTo(301);
    }

    @Test
    void modeHostsExemptionsAndHstsApplyWhenReloaded() throws IOException {
        assertThat(plain("/a", "Host: www.example.com").status()).isEqualTo(301);
        assertThat(plain("/", "Host: shop.example.com").status()).isEqualTo(421);
        assertThat(hsts()).isEqualTo("max-age=31536000");

        reload(
                FIRST.replace("[www.example.com]", "[shop.example.com]")
                        .replace("443", "443\n    permanent: false"));
        assertThat(plain("/", "Host: www.example.com").status()).isEqualTo(421);
        assertThat(plain("/", "Host: shop.example.com").status()).isEqualTo(302);
        assertThat(hsts()).isEmpty();

        reload(
                FIRST.replace("443", "8443\n    hsts: {max-age: 1d}")
                        .replace("loopback: false", "paths: [/hooks/**]\n    loopback: false"));
        assertThat(plain("/hooks/a", "Host: www.example.com").status()).isEqualTo(404);
        assertThat(plain("/a", "Host: www.example.com").header("Location"))
                .contains("https://www.example.com:8443/a");
        assertThat(hsts()).isEqualTo("max-age=86400");

        reload(FIRST.replace("hosts:", "mode: off\n    hosts:"));
        assertThat(plain("/", "Host: www.example.com").status()).isEqualTo(200);
        assertThat(operator("/actuator/redirect").body()).contains("\"mode\":\"off\"");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void oldAnswersStayAndOneLineSaysWhyWhenNewConfigurationIsBad(
            String from, String to, String expected, CapturedOutput output) throws IOException {
        assertThat(FIRST).contains(from);
        double before = counted("rejected");
        // as a whole: neither is what is right in it taken
        String bad = FIRST.replace("www.example.com", "other.example.com");

        configuration.swap(bad.replace(from, to));
        for (int i = 0; i < 4; i++) {
            reloader().reloadIfChanged();
        }

        assertThat(plain("/", "Host: www.example.com").status()).isEqualTo(301);
        assertThat(asGateway(OLD).status()).isEqualTo(200);
        assertThat(errors(output)).singleElement().asString().contains(expected);
        assertThat(output).doesNotContain(OLD).doesNotContain("new-secret");
        assertThat(counted("rejected")).isEqualTo(before + 1);
        assertThat(gauge("gatehouse.configuration.rejected")).isOne();
        assertThat(operator("/actuator/configuration").body())
                .contains("\"outcome\":\"rejected\"")
                .contains("\"trigger\":\"files\"");

        reload(FIRST);
        assertThat(gauge("gatehouse.configuration.rejected")).isZero();
    }

    @Test
    void changedFileIsTakenByItselfWhenTwoLooksAgree() throws IOException {
        reloader().reloadIfChanged();
        configuration.swap(FIRST.substring(0, FIRST.indexOf("  gateways:"))); // half written
        reloader().reloadIfChanged();
        configuration.swap(FIRST.replace("443", "8443"));
        reloader().reloadIfChanged();
        assertThat(asGateway(OLD).status()).isEqualTo(200);
        assertThat(plain("/", "Host: www.example.com").header("Location"))
                .contains("https://www.example.com/");

        reloader().reloadIfChanged();

        assertThat(asGateway(OLD).status()).isEqualTo(200);
        assertThat(plain("/", "Host: www.example.com").header("Location"))
                .contains("https://www.example.com:8443/");
    }

    @Test
    void rejectedFilesAreTakenWhenOnlyTheSecretFileTheyNameIsRepaired(CapturedOutput output)
            throws IOException {
        Path secret = folder.resolve("late-secret");
        Files.deleteIfExists(secret);
        configuration.swap(
                FIRST.replace("secrets: [" + OLD + "]", "secret-files: [" + secret + "]"));
        for (int i = 0; i < 4; i++) {
            reloader().reloadIfChanged();
        }
        assertThat(errors(output)).singleElement().asString().contains("NoSuchFileException");

        Files.writeString(secret, "short");
        reloader().reloadIfChanged();
        reloader().reloadIfChanged();
        assertThat(errors(output)).hasSize(2).last().asString().contains("shorter than 16");
        assertThat(asGateway(OLD).status()).isEqualTo(200);

        Files.writeString(secret, NEW);
        reloader().reloadIfChanged();
        reloader().reloadIfChanged();
        assertThat(asGateway(NEW).status()).isEqualTo(200);
        assertThat(asGateway(OLD).status()).isEqualTo(301);
        assertThat(output).containsOnlyOnce("changed: gatehouse.gateways[0].secret-files[0]");
    }

    @Test
    void nothingWaitsForRestartWhenReloadableNameIsSpelledAnotherWay(CapturedOutput output)
            throws IOException {
        reload(FIRST + "  gateway_secret_refresh: 5s\n  accessLog: {FORMAT: combined}\n");

        assertThat(output)
                .contains("changed: gatehouse.accesslog.format, gatehouse.gatewaysecretrefresh\n")
                .doesNotContain("needs a restart");
        assertThat(gauge("gatehouse.configuration.needs.restart")).isZero();

        reload(FIRST + "  gateway-secret-refresh: 5s\n  access-log: {format: combined}\n");
        assertThat(output).contains("changed: nothing");
    }

    /** As the thread of a signal, where the server was started by {@code java -jar}. */
    @Test
    void filesAreReadWhenThreadHasAnotherClassLoader() throws Exception {
        configuration.swap(FIRST.replace("443", "8443"));
        AtomicReference<ReloadReport> report = new AtomicReference<>();
        Thread signal =
                Thread.ofPlatform()
                        .unstarted(() -> report.set(reloader().reload(ReloadTrigger.SIGNAL)));
        signal.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        signal.start();
        signal.join();

        assertThat(report.get().mistake()).isNull();
        assertThat(report.get().applied()).containsExactly("gatehouse.redirect.https-port");
    }

    @Test
    void filesAreNotLookedAtWhenIntervalIsEmpty() {
        assertThat(gatehouse.bean(MeterRegistry.class).find("gatehouse.tasks.failures").meters())
                .isNotEmpty()
                .noneMatch(meter -> "configuration-files".equals(meter.getId().getTag("task")));
    }

    @Test
    void whatNeedsRestartIsNamedWithoutItsValueWhenItChanged(CapturedOutput output)
            throws IOException {
        reload(
                FIRST.replace("443", "444")
                        + "  trusted-proxies: [192.0.2.1]\nspring.mail.password: a-password\n");

        assertThat(output)
                .contains("changed: gatehouse.redirect.https-port\n")
                .contains("needs a restart: gatehouse.trusted-proxies[0], spring.mail.password")
                .doesNotContain("a-password");
        assertThat(gauge("gatehouse.configuration.needs.restart")).isEqualTo(2);

        reload(FIRST);
        assertThat(gauge("gatehouse.configuration.needs.restart")).isZero();
    }

    @Test
    void accessLogGoesToAnotherFileInAnotherFormatWhenReloaded() throws IOException {
        Path log = folder.resolve("access.log");
        reload(
                FIRST
                        + """
                          access-log:
                            format: combined
                            file: %s
                            exclude: [/quiet]
                        """
                                .formatted(log));
        plain("/quiet", "Host: www.example.com");
        plain("/ping", "Host: www.example.com");

        await().until(
                        () -> Files.readString(log),
                        text -> text.contains("\"GET /ping HTTP/1.1\" 200"));
        assertThat(Files.readString(log)).doesNotContain("/quiet").doesNotContain("{");
    }

    @Test
    void noRequestFailsWhenReloadedUnderLoad() throws Exception {
        Queue<Object> failures = new ConcurrentLinkedQueue<>();
        AtomicBoolean finished = new AtomicBoolean();
        List<Thread> clients = new ArrayList<>();
        for (String secret : List.of(OLD, OLD, "none", "none")) {
            int expected = secret.equals(OLD) ? 200 : 301;
            clients.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        while (!finished.get()) {
                                            int status = asGateway(secret).status();
                                            if (status != expected) {
                                                failures.add(status);
                                            }
                                        }
                                    }));
        }
        for (Thread client : clients) {
            client.setUncaughtExceptionHandler((_, thrown) -> failures.add(thrown));
        }

        for (int i = 0; i < 40; i++) {
            reload(
                    i % 2 == 0
                            ? FIRST.replace("[" + OLD, "[" + NEW + ", " + OLD)
                            : FIRST.replace("443", "8443"));
        }
        finished.set(true);
        for (Thread client : clients) {
            client.join();
        }

        assertThat(failures).isEmpty();
    }

    @Test
    void operatorReloadsByActuatorWhenCredentialsAreRight() throws IOException {
        configuration.swap(FIRST.replace(OLD, NEW));
        String post = "POST /actuator/configuration HTTP/1.1";

        assertThat(gatehouse.https(request(post, "Host: localhost", "Content-Length: 0")).status())
                .isEqualTo(401);
        assertThat(
                        gatehouse
                                .https(
                                        request(
                                                post,
                                                "Host: localhost",
                                                credentials(),
                                                "Sec-Fetch-Site: cross-site",
                                                "Content-Length: 0"))
                                .status())
                .isEqualTo(403);
        assertThat(asGateway(OLD).status()).isEqualTo(200);

        Response answer =
                gatehouse.https(
                        request(post, "Host: localhost", credentials(), "Content-Length: 0"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"applied\":[\"gatehouse.gateways[0].secrets[0]\"]")
                .doesNotContain(NEW);
        assertThat(asGateway(NEW).status()).isEqualTo(200);
    }

    private static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(
                        "https-port: 443",
                        "https-port: 99999",
                        "gatehouse.redirect.https-port = '99999' is not a port. Set it"),
                arguments(
                        "hosts: [",
                        "mode: enforced\n    hosts: [",
                        "gatehouse.redirect.mode = 'enforced' is not one of enforce,"),
                arguments(
                        "redirect:",
                        "redirects:",
                        "gatehouse.redirects.hosts[0] = 'other.example.com' is not a property"),
                arguments(
                        OLD,
                        "'${NO_SUCH_VARIABLE}'",
                        "has a placeholder without a value, ${NO_SUCH_VARIABLE}. Set the"),
                arguments(
                        "[" + OLD + "]}",
                        "[new-secret-short]}\n      b: ]: x",
                        "A file is not YAML, in line 10, column"),
                arguments(
                        "gatehouse:",
                        "gatehouse:\n  liveness: {restarts-per-hour: 0}",
                        "gatehouse.liveness.restarts-per-hour = '0'"),
                arguments(
                        "api,",
                        "api, paths: ['/**'],",
                        "gatehouse.gateways[0].paths[0] = '/**' matches every path."),
                arguments(
                        OLD,
                        "new-secret!",
                        "gatehouse.gateways[0].secrets[0] = '******' is blank, shorter"),
                arguments(
                        "secrets:",
                        "token:",
                        "gatehouse.gateways[0].token[0] = '******' is not a property"),
                arguments(
                        "gatehouse:",
                        "spring.config.import: no-such.yml\ngatehouse:",
                        "no-such.yml"));
    }

    private static void reload(String content) throws IOException {
        configuration.swap(content);
        assertThat(reloader().reload(ReloadTrigger.FILES).mistake()).isNull();
    }

    private static ConfigurationReloader reloader() {
        return gatehouse.bean(ConfigurationReloader.class);
    }

    private static List<String> errors(CapturedOutput output) {
        return output.toString().lines().filter(line -> line.contains("ERROR")).toList();
    }

    private static Response asGateway(String secret) {
        return plain("/", "Host: www.example.com", "X-Secret: " + secret);
    }

    private static Response plain(String path, String... headers) {
        return RawHttp.plain(gatehouse.port(ConnectorName.HTTP), request(lines(path, headers)));
    }

    private static String hsts() {
        return gatehouse
                .https(request("GET / HTTP/1.1", "Host: www.example.com"))
                .header("Strict-Transport-Security")
                .orElse("");
    }

    private static Response operator(String path) {
        return gatehouse.https(request(lines(path, "Host: localhost", credentials())));
    }

    private static String credentials() {
        return "Authorization: Basic "
                + Base64.getEncoder()
                        .encodeToString("operator:correct-horse".getBytes(StandardCharsets.UTF_8));
    }

    private static String[] lines(String path, String... headers) {
        List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1"));
        lines.addAll(List.of(headers));
        return lines.toArray(String[]::new);
    }

    private static double counted(String outcome) {
        return gatehouse
                .bean(MeterRegistry.class)
                .get("gatehouse.configuration.reloads")
                .tag("outcome", outcome)
                .functionCounter()
                .count();
    }

    private static double gauge(String name) {
        return gatehouse.bean(MeterRegistry.class).get(name).gauge().value();
    }
}
