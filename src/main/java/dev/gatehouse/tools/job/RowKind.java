package dev.gatehouse.tools.job;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of rows.
 *
 * @param name such as {@code links}: the last segment of their path, and their name in the report
 * @param facets the query parameters that filter them
 */
public record RowKind(String name, List<Facet> facets) {

    public static RowKind of(String name, Facet... facets) {
        return new RowKind(name, List.of(facets));
    }

    /**
     * What rows are filtered by.
     *
     * @param values all that a row may have, or none where they are not known
     */
    public record Facet(String name, List<String> values) {

        public static Facet any(String name) {
            return new Facet(name, List.of());
        }

        public static <E> Facet oneOf(String name, E[] values, Function<E, String> text) {
            return new Facet(name, Arrays.stream(values).map(text).toList());
        }

        /** Whether a row may have that value. */
        public boolean allows(String value) {
            return values.isEmpty() || values.contains(value);
        }
    }
}
