package dev.gatehouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Only the arrows that docs/architecture.md draws, and no cycle. */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule packagesKnowOnlyWhatIsDrawn =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("startup")
                    .definedBy("dev.gatehouse.startup..")
                    .layer("connector")
                    .definedBy("dev.gatehouse.connector..")
                    .layer("tls")
                    .definedBy("dev.gatehouse.tls..")
                    .layer("redirect")
                    .definedBy("dev.gatehouse.redirect..")
                    .layer("liveness")
                    .definedBy("dev.gatehouse.liveness..")
                    .layer("security")
                    .definedBy("dev.gatehouse.security..")
                    .layer("site")
                    .definedBy("dev.gatehouse.site..")
                    .layer("fetch")
                    .definedBy("dev.gatehouse.fetch..")
                    .layer("job")
                    .definedBy("dev.gatehouse.job..")
                    .layer("frontdoor")
                    .definedBy("dev.gatehouse.frontdoor..")
                    .layer("page")
                    .definedBy("dev.gatehouse.page..")
                    .layer("status")
                    .definedBy("dev.gatehouse.status..")
                    .whereLayer("startup")
                    .mayNotAccessAnyLayer()
                    .whereLayer("connector")
                    .mayOnlyAccessLayers("startup")
                    .whereLayer("tls")
                    .mayOnlyAccessLayers("startup", "connector")
                    .whereLayer("redirect")
                    .mayOnlyAccessLayers("startup", "connector", "tls")
                    .whereLayer("liveness")
                    .mayOnlyAccessLayers("startup", "connector", "tls")
                    .whereLayer("security")
                    .mayOnlyAccessLayers("connector", "tls", "site")
                    .whereLayer("site")
                    .mayOnlyAccessLayers("startup")
                    .whereLayer("fetch")
                    .mayNotAccessAnyLayer()
                    .whereLayer("job")
                    .mayNotAccessAnyLayer()
                    .whereLayer("frontdoor")
                    .mayOnlyAccessLayers("fetch", "job", "page", "connector", "startup")
                    .whereLayer("page")
                    .mayNotAccessAnyLayer()
                    .whereLayer("status")
                    .mayOnlyAccessLayers("page", "site", "tls", "startup");

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

    @ArchTest
    static final ArchRule nothingIsNamedForNothing =
            noClasses().should().haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)$");
}
