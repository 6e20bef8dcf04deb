/** What is public, what needs the monitoring user, and how that user is authenticated. */
@NullMarked
package dev.gatehouse.security;

import org.jspecify.annotations.NullMarked;
