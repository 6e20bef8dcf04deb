package dev.gatehouse.tools.job;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads the rows of one job, in the order of their numbers. */
public interface JobRows {

    List<JobRow> read(RowQuery query);

    /** All rows of a kind that have one of the values in a facet, at most that many. */
    default List<JobRow> of(String kind, String facet, Collection<String> values, int limit) {
        return values.isEmpty()
                ? List.of()
                : read(new RowQuery(kind, 0, limit, Map.of(facet, List.copyOf(values))));
    }
}
