package dev.gatehouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture.LayerDependencySpecification;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Only the arrows that docs/architecture.md draws, and no cycle. */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    /** Each package, and those that it may know: the arrows of docs/architecture.md. */
    private static final Map<String, List<String>> DRAWN =
            Map.ofEntries(
                    Map.entry("startup", List.of()),
                    Map.entry("task", List.of()),
                    Map.entry("connector", List.of("task", "startup")),
                    Map.entry("tls", List.of("task", "startup", "connector")),
                    Map.entry("acme", List.of("task", "startup", "connector")),
                    Map.entry("redirect", List.of("task", "startup", "connector", "tls", "acme")),
                    Map.entry("liveness", List.of("task", "startup", "connector", "tls")),
                    Map.entry("accesslog", List.of("task", "startup", "connector", "redirect")),
                    Map.entry("site", List.of("task", "startup")),
                    Map.entry("security", List.of("redirect", "site")),
                    Map.entry("fetch", List.of()),
                    Map.entry("job", List.of()),
                    Map.entry("page", List.of()),
                    Map.entry(
                            "frontdoor",
                            List.of("task", "startup", "connector", "fetch", "job", "page")),
                    Map.entry("status", List.of("task", "startup", "tls", "site", "page")));

    @ArchTest
    static void packagesKnowOnlyWhatIsDrawn(JavaClasses application) {
        LayeredArchitecture drawn = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : DRAWN.keySet()) {
            drawn = drawn.layer(name).definedBy("dev.gatehouse." + name + "..");
        }
        for (Map.Entry<String, List<String>> entry : DRAWN.entrySet()) {
            LayerDependencySpecification layer = drawn.whereLayer(entry.getKey());
            drawn =
                    entry.getValue().isEmpty()
                            ? layer.mayNotAccessAnyLayer()
                            : layer.mayOnlyAccessLayers(entry.getValue().toArray(String[]::new));
        }
        drawn.check(application);
    }

    /** A package that is not drawn could know anything. */
    @ArchTest
    static void everyPackageIsDrawn(JavaClasses application) {
        assertThat(application.getPackage("dev.gatehouse").getSubpackages())
                .extracting(JavaPackage::getRelativeName)
                .containsExactlyInAnyOrderElementsOf(DRAWN.keySet());
    }

    @ArchTest
    static final ArchRule packagesHaveNoCycle =
            slices().matching("dev.gatehouse.(*)..").should().beFreeOfCycles();

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
                    .doNotHaveSimpleName("CertificateSigner")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.bouncycastle..");

    /** Spring Boot reads each class of the package that asks for its configurations. */
    @ArchTest
    static void autoConfigurationIsAskedForFromASmallPackage(JavaClasses application) {
        assertThat(application)
                .filteredOn(type -> type.isAnnotatedWith(EnableAutoConfiguration.class))
                .extracting(JavaClass::getPackageName)
                .containsExactly("dev.gatehouse.startup");
    }

    @ArchTest
    static final ArchRule nothingIsNamedForNothing =
            noClasses().should().haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)$");
}
