package dev.gatehouse.tools.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/**
 * The configuration of a tool that is enabled: the tools are on ({@code gatehouse.tools.enabled}),
 * and {@code gatehouse.<tool>.enabled} is not false.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnToolCondition.class)
public @interface ConditionalOnTool {

    /** The tool, such as {@code dead-links}; without it, any. */
    String value() default "";
}
