package dev.gatehouse.site;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.servlet.filter.OrderedCharacterEncodingFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Moves Spring's filters for encodings and for observation, which Spring Boot puts in front, behind
 * the short way: no file has a form to decode, and a dozen tags for each cost more than the file.
 * The connectors count what goes the short way.
 */
class BehindShortWay implements BeanPostProcessor {

    /** Behind the site, and before Spring Security. */
    static final int OBSERVATION = Ordered.HIGHEST_PRECEDENCE + 10;

    static final int ENCODING = OBSERVATION - 1;

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof OrderedCharacterEncodingFilter filter) {
            filter.setOrder(ENCODING);
        }
        if (bean instanceof FilterRegistrationBean<?> registration
                && registration.getFilter() instanceof ServerHttpObservationFilter) {
            registration.setOrder(OBSERVATION);
        }
        return bean;
    }
}
