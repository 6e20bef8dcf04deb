package dev.gatehouse.page;

/**
 * A link in the navigation of every page with data: a bean of the feature that it leads to.
 *
 * @param path such as {@code /tools}
 */
public record NavigationLink(String path, String title) {}
