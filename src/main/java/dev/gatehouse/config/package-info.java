/**
 * Checks the configuration, and says why a start was stopped: the property, its value, the remedy.
 */
@NullMarked
package dev.gatehouse.config;

import org.jspecify.annotations.NullMarked;
