/** The dead link check: crawls a site, judges each link, and finds what still bypasses HTTPS. */
@NullMarked
package dev.gatehouse.tools.links;

import org.jspecify.annotations.NullMarked;
