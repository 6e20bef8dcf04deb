/** Opens, limits and counts the two connectors, and knows the bound ports. */
@NullMarked
package dev.gatehouse.connector;

import org.jspecify.annotations.NullMarked;
