package dev.gatehouse.tools.job;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Whether jobs are in a database. An empty URL is none: charts and scripts write such. */
public class OnDatabaseCondition implements Condition {

    static final String URL = "spring.datasource.url";

    static boolean isConfigured(Environment environment) {
        return StringUtils.hasText(environment.getProperty(URL));
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return isConfigured(context.getEnvironment());
    }

    /** Whether they are not. */
    static class OnNone extends OnDatabaseCondition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !super.matches(context, metadata);
        }
    }
}
