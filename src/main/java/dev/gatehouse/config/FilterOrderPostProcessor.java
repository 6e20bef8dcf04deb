package dev.gatehouse.config;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.servlet.filter.OrderedCharacterEncodingFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Moves Spring's filters for encoding and observation, which Spring Boot puts first, behind the
 * site: a file has no form to decode, and a dozen tags for each request cost more than the file.
 * The connectors count the requests that those filters do not see.
 */
class FilterOrderPostProcessor implements BeanPostProcessor {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean instanceof OrderedCharacterEncodingFilter filter) {
            filter.setOrder(FilterOrder.CHARACTER_ENCODING.value());
        }
        if (bean instanceof FilterRegistrationBean<?> registration
                && registration.getFilter() instanceof ServerHttpObservationFilter) {
            registration.setOrder(FilterOrder.OBSERVATION.value());
        }
        return bean;
    }
}
