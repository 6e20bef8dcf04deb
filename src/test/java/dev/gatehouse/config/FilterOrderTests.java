package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.RunningGatehouse;
import jakarta.servlet.Filter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.servlet.filter.OrderedCharacterEncodingFilter;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializerBeans;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ServerHttpObservationFilter;

class FilterOrderTests {

    @TempDir private Path webroot;

    /** The picture in docs/architecture.md. */
    @Test
    void filtersOfARunningServerHaveTheOrderOfThePictureAndNoOrderTwice() {
        try (RunningGatehouse gatehouse =
                RunningGatehouse.start("gatehouse.acme.webroot=" + webroot)) {
            List<AbstractFilterRegistrationBean<?>> registrations = registrations(gatehouse);

            assertThat(registrations.stream().map(FilterOrderTests::name).limit(9))
                    .containsExactly(
                            "RedirectFilter",
                            "PingFilter",
                            "AcmeChallengeFilter",
                            "SiteFilter",
                            "DynamicRequests",
                            "RequestIdFilter",
                            OrderedCharacterEncodingFilter.class.getSimpleName(),
                            ServerHttpObservationFilter.class.getSimpleName(),
                            "OrderedFormContentFilter");
            assertThat(registrations.subList(registrations.size() - 3, registrations.size()))
                    .satisfiesExactly(
                            last ->
                                    assertThat(last)
                                            .isInstanceOf(
                                                    DelegatingFilterProxyRegistrationBean.class),
                            last -> assertThat(name(last)).isEqualTo("ApiFilter"),
                            last -> assertThat(last.toString()).contains("errorPathFilter"));
            assertThat(registrations.stream().map(Ordered::getOrder)).doesNotHaveDuplicates();
        }
    }

    private static List<AbstractFilterRegistrationBean<?>> registrations(
            RunningGatehouse gatehouse) {
        return new ServletContextInitializerBeans(gatehouse.context().getBeanFactory())
                .stream()
                        .<AbstractFilterRegistrationBean<?>>mapMulti(
                                (initializer, filters) -> {
                                    if (initializer
                                            instanceof AbstractFilterRegistrationBean<?> f) {
                                        filters.accept(f);
                                    }
                                })
                        .toList();
    }

    private static String name(AbstractFilterRegistrationBean<?> registration) {
        Filter filter = Objects.requireNonNull(registration.getFilter());
        return Stream.<Class<?>>iterate(filter.getClass(), Class::getSuperclass)
                .filter(type -> !type.isAnonymousClass())
                .findFirst()
                .orElseThrow()
                .getSimpleName();
    }
}
