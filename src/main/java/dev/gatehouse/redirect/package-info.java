/** Decides who is served, redirected or refused on the plain connector, and explains it. */
@NullMarked
package dev.gatehouse.redirect;

import org.jspecify.annotations.NullMarked;
