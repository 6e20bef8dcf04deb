package dev.gatehouse.tools.job;

import java.util.function.Supplier;

/**
 * Announces a tool without loading it: a bean.
 *
 * @param name such as {@code dead-links}: the segment of its properties, of its page and of metrics
 * @param collection the path of its jobs below {@code /api/v1/}, such as {@code dead-links/checks}
 * @param title of its page, such as {@code Check links}
 * @param description what it does, in a sentence
 * @param tool makes the tool when it is first used
 */
public record ToolRegistration(
        String name,
        String collection,
        String title,
        String description,
        Supplier<? extends JobTool<?>> tool) {

    /** The path of its jobs. */
    public String path() {
        return "/api/v1/" + collection;
    }

    /** The path of its page. */
    public String page() {
        return "/tools/" + name;
    }
}
