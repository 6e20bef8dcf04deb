/** The files of the site: read, compressed, cached in memory, and served. */
@NullMarked
package dev.gatehouse.site;

import org.jspecify.annotations.NullMarked;
