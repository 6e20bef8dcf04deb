package dev.gatehouse.tools.job;

/** Jobs of one tool, on all instances. */
public record JobCounts(int queued, int running) {}
