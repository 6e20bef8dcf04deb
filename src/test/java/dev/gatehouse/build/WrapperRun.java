package dev.gatehouse.build;

/** How one call of mvnw ended, and what it wrote to its two streams. */
record WrapperRun(int status, String output, String errors) {}
