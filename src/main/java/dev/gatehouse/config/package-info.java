/** What every start needs, and why one was stopped: the property, its value and the remedy. */
@NullMarked
package dev.gatehouse.config;

import org.jspecify.annotations.NullMarked;
