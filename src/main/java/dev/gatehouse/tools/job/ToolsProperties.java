package dev.gatehouse.tools.job;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The tools: their pages and their API.
 *
 * @param enabled whether they are offered; where not set, they are beside the built-in site, and
 *     are not where {@code gatehouse.site.root} names another one
 */
@ConfigurationProperties("gatehouse.tools")
record ToolsProperties(@Nullable Boolean enabled) {}
