package dev.gatehouse.connector;

import java.time.Duration;

/**
 * Which connections are fresh: an answer to a visitor on one of them shows that its connector is
 * alive.
 *
 * @param maxAge age up to which a connection counts as fresh
 */
public record FreshConnections(Duration maxAge) {}
