package dev.gatehouse.tools.frontdoor;

/** What a check is of: read, and found to be a target. */
record Checked(String host, String healthPath) {}
