/** Crawls sites: a frontier, limits for each host, robots.txt, sitemaps and budgets. */
@NullMarked
package dev.gatehouse.tools.crawl;

import org.jspecify.annotations.NullMarked;
