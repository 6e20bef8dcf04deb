/** Proves the redirect: the decision on plain facts, and what any client gets over real sockets. */
@NullMarked
package dev.gatehouse.redirect;

import org.jspecify.annotations.NullMarked;
