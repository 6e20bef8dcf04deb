@NullMarked
package dev.gatehouse.security;

import org.jspecify.annotations.NullMarked;
