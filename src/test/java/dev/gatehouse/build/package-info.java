/** Proves the scripts that a build starts with: the Maven wrapper and the one of CI. */
@NullMarked
package dev.gatehouse.build;

import org.jspecify.annotations.NullMarked;
