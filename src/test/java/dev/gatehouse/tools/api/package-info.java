@NullMarked
package dev.gatehouse.tools.api;

import org.jspecify.annotations.NullMarked;
