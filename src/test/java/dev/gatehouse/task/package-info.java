@NullMarked
package dev.gatehouse.task;

import org.jspecify.annotations.NullMarked;
