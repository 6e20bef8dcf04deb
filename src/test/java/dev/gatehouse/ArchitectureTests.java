package dev.gatehouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture.LayerDependencySpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Only the arrows that docs/architecture.md draws, and no cycle. */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String ROOT = "dev.gatehouse.";

    /** What every package but these two may depend on. */
    private static final List<String> FOUNDATION = List.of("config", "task");

    /** Each package and the packages that it may depend on: the arrows of docs/architecture.md. */
    private static final Map<String, List<String>> DRAWN =
            Map.ofEntries(
                    Map.entry("config", List.of()),
                    Map.entry("task", List.of()),
                    Map.entry("reload", List.of()),
                    Map.entry("connector", List.of("connector.nio")),
                    Map.entry("connector.nio", List.of()),
                    Map.entry("tls", List.of("connector.nio", "connector", "tls.engine")),
                    Map.entry("tls.engine", List.of()),
                    Map.entry("acme", List.of("connector", "tls")),
                    Map.entry("gateway", List.of("connector")),
                    Map.entry("redirect", List.of("connector", "tls", "acme", "gateway")),
                    Map.entry(
                            "liveness",
                            List.of("connector.nio", "acme", "connector", "tls", "tls.engine")),
                    Map.entry(
                            "accesslog",
                            List.of("connector", "connector.nio", "gateway", "redirect")),
                    Map.entry("metrics", List.of("connector", "connector.nio", "redirect")),
                    Map.entry("site", List.of()),
                    Map.entry("security", List.of("connector", "gateway", "site")),
                    Map.entry("page", List.of("site")),
                    Map.entry(
                            "status",
                            List.of("connector", "liveness", "redirect", "tls", "site", "page")),
                    Map.entry("tools.outbound", List.of("connector")),
                    Map.entry("tools.html", List.of("tools.outbound")),
                    Map.entry(
                            "tools.links",
                            List.of("tools.html", "tools.crawl", "tools.outbound", "tools.job")),
                    Map.entry(
                            "tools.seo",
                            List.of("tools.html", "tools.crawl", "tools.outbound", "tools.job")),
                    Map.entry("tools.crawl", List.of("tools.outbound")),
                    Map.entry(
                            "tools.outside",
                            List.of("liveness", "tools.outbound", "tools.screenshot", "tools.job")),
                    Map.entry("tools.job", List.of()),
                    Map.entry(
                            "tools.screenshot",
                            List.of("connector", "tools.job", "tools.outbound")),
                    Map.entry(
                            "tools.job.postgres",
                            List.of("tools.job", "liveness", "connector", "status")),
                    Map.entry("tools.api", List.of("connector", "gateway", "page", "tools.job")),
                    Map.entry(
                            "tools.frontdoor",
                            List.of("connector", "tools.outbound", "tools.job")));

    @ArchTest
    static void packagesKnowOnlyWhatIsDrawn(JavaClasses application) {
        LayeredArchitecture drawn = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : DRAWN.keySet()) {
            drawn = drawn.layer(name).definedBy(ROOT + name);
        }
        for (String name : DRAWN.keySet()) {
            List<String> known = known(name);
            LayerDependencySpecification layer = drawn.whereLayer(name);
            drawn =
                    known.isEmpty()
                            ? layer.mayNotAccessAnyLayer()
                            : layer.mayOnlyAccessLayers(known.toArray(String[]::new));
        }
        drawn.check(application);
    }

    private static List<String> known(String name) {
        return FOUNDATION.contains(name)
                ? List.of()
                : Stream.concat(FOUNDATION.stream(), DRAWN.getOrDefault(name, List.of()).stream())
                        .toList();
    }

    /** An arrow may be left out where others lead to the same package. */
    @Test
    void pictureShowsTheseDependencies() throws IOException {
        Map<String, Set<String>> arrows = new TreeMap<>();
        Pattern.compile("^ +([a-z.]+) --> ([a-z.]+)$", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("docs/architecture.md")))
                .results()
                .forEach(
                        arrow ->
                                arrows.computeIfAbsent(arrow.group(1), _ -> new TreeSet<>())
                                        .add(arrow.group(2)));

        assertThat(arrows).allSatisfy((name, drawn) -> assertThat(known(name)).containsAll(drawn));
        assertThat(DRAWN)
                .allSatisfy(
                        (name, known) -> assertThat(reachable(arrows, name)).containsAll(known));
    }

    private static Set<String> reachable(Map<String, Set<String>> arrows, String name) {
        Set<String> reached = new TreeSet<>();
        for (String next : arrows.getOrDefault(name, Set.of())) {
            reached.add(next);
            reached.addAll(reachable(arrows, next));
        }
        return reached;
    }

    /** A package that is not drawn could depend on anything. */
    @ArchTest
    static void everyPackageIsDrawn(JavaClasses application) {
        assertThat(application)
                .extracting(JavaClass::getPackageName)
                .filteredOn(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length()))
                .isSubsetOf(DRAWN.keySet())
                .containsAll(DRAWN.keySet());
    }

    /** A loop of its own has an error policy of its own. */
    @ArchTest
    static final ArchRule loopsArePeriodicTasks =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.gatehouse.task..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(ScheduledExecutorService.class);

    @ArchTest
    static final ArchRule packagesHaveNoCycle =
            slices().matching("dev.gatehouse.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule toolsHaveNoCycle =
            slices().matching("dev.gatehouse.tools.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule propertiesAreRecordsOfTheirFeature =
            classes()
                    .that()
                    .areAnnotatedWith(ConfigurationProperties.class)
                    .should()
                    .beRecords()
                    .andShould()
                    .notBePublic();

    /** Its jar is signed, and the signature is checked when a class that names it is loaded. */
    @ArchTest
    static final ArchRule bouncyCastleIsKnownToTheSignerAlone =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("SelfSignedCertificate")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.bouncycastle..");

    /** Spring Boot reads each class of the package that asks for its configurations. */
    @ArchTest
    static void autoConfigurationIsAskedForFromASmallPackage(JavaClasses application) {
        assertThat(application)
                .filteredOn(type -> type.isAnnotatedWith(EnableAutoConfiguration.class))
                .extracting(JavaClass::getPackageName)
                .containsExactly("dev.gatehouse.config");
    }

    /** Java's text of an IPv6 address is long and carries a zone. */
    @ArchTest
    static final ArchRule addressesAreWrittenByOneFormatter =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("IpAddressFormat")
                    .should()
                    .callMethod(InetAddress.class, "getHostAddress");

    /** A key manager, a trust manager and an SSLUtil are terms of JSSE and Tomcat. */
    @ArchTest
    static final ArchRule nothingIsNamedForNothing =
            noClasses()
                    .should()
                    .haveNameMatching(".*((?<!Key|Trust)Manager|Helper|(?<!Ssl)Util|Utils|Impl)$");
}
