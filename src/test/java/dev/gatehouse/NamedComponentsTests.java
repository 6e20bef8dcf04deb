package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

/** The start finds classes called Configuration alone: the rest must be named by one of them. */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class NamedComponentsTests {

    @ArchTest
    static void everyOtherComponentIsImported(JavaClasses application) {
        List<? extends Class<?>> others =
                application.stream()
                        .filter(type -> type.isMetaAnnotatedWith(Component.class))
                        .filter(type -> !type.getSimpleName().endsWith("Configuration"))
                        .map(JavaClass::reflect)
                        .filter(type -> type != GatehouseApplication.class)
                        .toList();

        assertThat(others).isNotEmpty();
        assertThat(named(application, Import.class, Import::value)).containsAll(others);
    }

    @ArchTest
    static void allPropertiesAreEnabled(JavaClasses application) {
        List<? extends Class<?>> properties =
                application.stream()
                        .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                        .map(JavaClass::reflect)
                        .toList();

        assertThat(
                        named(
                                application,
                                EnableConfigurationProperties.class,
                                EnableConfigurationProperties::value))
                .hasSameElementsAs(properties);
    }

    private static <A extends Annotation> List<Class<?>> named(
            JavaClasses application, Class<A> annotation, Function<A, Class<?>[]> names) {
        return application.stream()
                .filter(type -> type.getSimpleName().endsWith("Configuration"))
                .filter(type -> type.isAnnotatedWith(annotation))
                .<Class<?>>flatMap(
                        type -> Arrays.stream(names.apply(type.getAnnotationOfType(annotation))))
                .toList();
    }
}
