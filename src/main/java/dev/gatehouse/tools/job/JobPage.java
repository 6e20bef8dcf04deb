package dev.gatehouse.tools.job;

import java.util.List;
import java.util.Map;

/**
 * The page of a tool, with the parts that are its own: the fields of its form and the result of a
 * job. Both are Mustache templates in {@code templates/}, included by the page that all tools
 * share; both work without script.
 *
 * @param <R> the tool's request
 */
public interface JobPage<R> {

    /** The name of the template of the form's fields. */
    String formTemplate();

    /**
     * The model of the form.
     *
     * @param fields what was sent or is in the address, so that nothing has to be typed again
     */
    Object form(Map<String, String> fields);

    /** The request that the fields of the form are; throws nothing, {@code accept} validates it. */
    R request(Map<String, String> fields);

    /** The fields of a request, so that a job can be submitted again. */
    Map<String, String> fields(R request);

    /** The name of a job's page, such as the host. */
    String title(R request);

    /** The name of the template of the result. */
    String resultTemplate();

    /**
     * The model of the result, at any stage of the job.
     *
     * @param job its state, report and rows
     */
    Object result(JobPageData<R> job);

    /** The verb on the button of the form. */
    default String action() {
        return "Check";
    }

    /** What is said above the result of a job that is done. */
    default String done() {
        return "Everything was checked.";
    }

    /** Rows that a page shows at most, before it leads to the next ones. */
    default int pageSize() {
        return 100;
    }

    /** The facets that the page offers as filters, with their values. */
    default List<Filter> filters() {
        return List.of();
    }

    /** A filter. */
    record Filter(String facet, String label, List<String> values) {}
}
