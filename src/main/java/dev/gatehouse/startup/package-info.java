/** What every start needs, and why one was stopped: the property, its value and the remedy. */
@NullMarked
package dev.gatehouse.startup;

import org.jspecify.annotations.NullMarked;
