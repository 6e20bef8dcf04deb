package dev.gatehouse.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionException;
import org.springframework.util.unit.DataSize;

/** Says which values a property takes, as the documentation writes them. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class InvalidValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationProperty property = cause.getProperty();
        Class<?> type = cause.getTarget().getType().resolve(Object.class);
        String allowed = allowed(type);
        if (property == null
                || allowed == null
                || findCause(rootFailure, ConversionException.class) == null) {
            return null;
        }
        InvalidPropertyException invalid =
                new InvalidPropertyException(
                        property.getName().toString(),
                        property.getValue(),
                        "is not " + allowed,
                        "Set it to " + allowed + ".",
                        cause);
        return new FailureAnalysis(invalid.getMessage(), invalid.remedy(), cause);
    }

    private static @Nullable String allowed(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(Object::toString)
                    .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class || type == long.class) {
            return "a whole number such as 8443";
        }
        if (type == Duration.class) {
            return "a duration such as 500ms, 2s, 15m, 12h or 365d";
        }
        if (type == DataSize.class) {
            return "a size such as 512KB or 1MB";
        }
        return null;
    }
}
