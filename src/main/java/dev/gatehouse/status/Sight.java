package dev.gatehouse.status;

import java.util.Map;

/**
 * What a health component says now.
 *
 * @param reason for the operator alone
 * @param details the component's, by name
 */
record Sight(Condition condition, String reason, Map<String, Object> details) {

    static final Sight NOTHING = new Sight(Condition.UNKNOWN, "not known", Map.of());

    /** A detail as text, or empty. */
    String detail(String name) {
        Object value = details.get(name);
        return value == null ? "" : value.toString();
    }
}
