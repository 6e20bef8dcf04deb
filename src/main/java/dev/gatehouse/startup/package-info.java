/** Says why a start was stopped: the property, its value and the remedy. */
@NullMarked
package dev.gatehouse.startup;

import org.jspecify.annotations.NullMarked;
