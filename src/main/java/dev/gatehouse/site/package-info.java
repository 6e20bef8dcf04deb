/** The files and pages that people browse. */
@NullMarked
package dev.gatehouse.site;

import org.jspecify.annotations.NullMarked;
