/** Tests of the crawls, against sites on loopback. */
@NullMarked
package dev.gatehouse.tools.crawl;

import org.jspecify.annotations.NullMarked;
