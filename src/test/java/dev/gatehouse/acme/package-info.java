/** Proves what configures ACME challenges. */
@NullMarked
package dev.gatehouse.acme;

import org.jspecify.annotations.NullMarked;
