/** What strangers may reach, and what needs a password. */
@NullMarked
package dev.gatehouse.security;

import org.jspecify.annotations.NullMarked;
