package dev.gatehouse.site;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Moves Spring's observation filter, which Spring Boot puts second of all, behind the short way: a
 * dozen tags for each file cost more than the file. The connectors count what goes the short way.
 */
class ObservedAfterSite implements BeanPostProcessor {

    /** Behind the site, and before Spring Security. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof FilterRegistrationBean<?> registration
                && registration.getFilter() instanceof ServerHttpObservationFilter) {
            registration.setOrder(ORDER);
        }
        return bean;
    }
}
