package dev.gatehouse.config;

import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

/**
 * The filters in the order in which a request passes them, as docs/architecture.md draws it. Those
 * up to {@link #SITE} answer most requests. Spring Security comes between {@link #OBSERVATION} and
 * {@link #API}, Spring MVC after the last one.
 */
public enum FilterOrder {
    REDIRECT,
    PING,
    ACME_CHALLENGE,
    SITE,
    DYNAMIC,
    REQUEST_ID,
    CHARACTER_ENCODING,
    OBSERVATION,
    API,
    ERROR_PATH;

    @SuppressWarnings("EnumOrdinal") // the order of the values is their meaning
    int value() {
        return compareTo(API) < 0
                ? Ordered.HIGHEST_PRECEDENCE + ordinal()
                : Ordered.LOWEST_PRECEDENCE - (ERROR_PATH.ordinal() - ordinal());
    }

    /** Registers a filter for every request, at this place. */
    public <F extends Filter> FilterRegistrationBean<F> register(F filter) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(value());
        return registration;
    }
}
