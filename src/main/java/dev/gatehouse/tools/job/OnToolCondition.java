package dev.gatehouse.tools.job;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether a tool is enabled. Where {@code gatehouse.tools.enabled} is not set, the tools are on
 * beside the built-in site, and off beside another one, whose owner has not asked for them.
 */
class OnToolCondition implements Condition {

    static final String ENABLED = "gatehouse.tools.enabled";
    private static final String SITE = "gatehouse.site.root";
    private static final String BUILT_IN = "classpath:/site/";

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Map<String, @Nullable Object> attributes =
                Objects.requireNonNull(
                        metadata.getAnnotationAttributes(ConditionalOnTool.class.getName()));
        return matches(context.getEnvironment(), String.valueOf(attributes.get("value")));
    }

    static boolean matches(Environment environment, String tool) {
        return (tool.isEmpty() || isTrue(environment, "gatehouse." + tool + ".enabled"))
                && areToolsEnabled(environment);
    }

    /** True where it is not set; also where it is no boolean, which stops the start elsewhere. */
    private static boolean isTrue(Environment environment, String property) {
        try {
            return environment.getProperty(property, Boolean.class, true);
        } catch (ConversionException _) {
            return true;
        }
    }

    static boolean areToolsEnabled(Environment environment) {
        return isSet(environment)
                ? isTrue(environment, ENABLED)
                : environment.getProperty(SITE, BUILT_IN).equals(BUILT_IN);
    }

    /** An empty value, as of a variable without one, sets nothing. */
    static boolean isSet(Environment environment) {
        String value = environment.getProperty(ENABLED);
        return value != null && !value.isBlank();
    }
}
