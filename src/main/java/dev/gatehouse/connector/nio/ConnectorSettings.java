package dev.gatehouse.connector.nio;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a connector needs beyond Tomcat's own attributes.
 *
 * @param name of the connector, as in names of tasks
 * @param headerTimeout time within which a request header must be complete
 * @param answers the answers to visitors, which are counted here
 * @param blocked shared with the other connector
 * @param room number of connections that memory has room for; where there are as many, those that
 *     are idle are ended
 * @param proxyPeers peers whose connections must begin with a header of the PROXY protocol; null
 *     for none
 */
public record ConnectorSettings(
        String name,
        Duration headerTimeout,
        VisitorAnswers answers,
        BlockedRequests blocked,
        int room,
        @Nullable Predicate<InetAddress> proxyPeers) {}
