package dev.gatehouse.status;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether there is a status page. Where {@code gatehouse.status.enabled} is not set, there is one
 * beside the built-in site, and none beside another one, whose owner has not asked for it.
 */
class OnStatusCondition implements Condition {

    static final String ENABLED = "gatehouse.status.enabled";
    private static final String SITE = "gatehouse.site.root";
    private static final String BUILT_IN = "classpath:/site/";

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return isEnabled(context.getEnvironment());
    }

    static boolean isEnabled(Environment environment) {
        return isSet(environment)
                ? environment.getProperty(ENABLED, Boolean.class, true)
                : environment.getProperty(SITE, BUILT_IN).equals(BUILT_IN);
    }

    /** An empty value, as of a variable without one, sets nothing. */
    static boolean isSet(Environment environment) {
        String value = environment.getProperty(ENABLED);
        return value != null && !value.isBlank();
    }
}
