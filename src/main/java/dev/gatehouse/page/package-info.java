/** Pages with data: escaped templates under a strict Content-Security-Policy. */
@NullMarked
package dev.gatehouse.page;

import org.jspecify.annotations.NullMarked;
