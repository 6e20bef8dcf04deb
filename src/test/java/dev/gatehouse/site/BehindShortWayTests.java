package dev.gatehouse.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.servlet.filter.OrderedCharacterEncodingFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ServerHttpObservationFilter;

class BehindShortWayTests {

    private static final int SITE = Ordered.HIGHEST_PRECEDENCE + 2;

    private final BehindShortWay behind = new BehindShortWay();

    @Test
    void putsEncodingBehindSiteWhenSpringBootPutsItFirst() {
        OrderedCharacterEncodingFilter filter = new OrderedCharacterEncodingFilter();
        behind.postProcessBeforeInitialization(filter, "characterEncodingFilter");
        assertThat(filter.getOrder()).isGreaterThan(SITE).isLessThan(BehindShortWay.OBSERVATION);
    }

    @Test
    void putsObservationBehindSiteWhenSpringBootPutsItSecond() {
        FilterRegistrationBean<ServerHttpObservationFilter> registration =
                new FilterRegistrationBean<>(
                        new ServerHttpObservationFilter(ObservationRegistry.NOOP));
        behind.postProcessBeforeInitialization(registration, "webMvcObservationFilter");
        assertThat(registration.getOrder()).isGreaterThan(SITE);
    }
}
