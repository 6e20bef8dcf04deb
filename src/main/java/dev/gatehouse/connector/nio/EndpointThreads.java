package dev.gatehouse.connector.nio;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two threads that an endpoint cannot do without. Tomcat keeps no reference to either, and its
 * own states say RUNNING when they are gone.
 */
public record EndpointThreads(@Nullable Thread acceptor, @Nullable Thread poller) {

    private static final Logger logger = LoggerFactory.getLogger(EndpointThreads.class);

    static final EndpointThreads NONE = new EndpointThreads(null, null);

    /** The youngest threads that bear the endpoint's name: an older one may be about to end. */
    public static EndpointThreads named(String endpoint) {
        return new EndpointThreads(
                youngest(endpoint + "-Acceptor"), youngest(endpoint + "-Poller"));
    }

    private static @Nullable Thread youngest(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .max(Comparator.comparingLong(Thread::threadId))
                .orElse(null);
    }

    /** Has the log tell what either dies of, which Tomcat leaves to the standard error output. */
    EndpointThreads logDeaths() {
        Stream.of(Optional.ofNullable(acceptor), Optional.ofNullable(poller))
                .flatMap(Optional::stream)
                .forEach(thread -> thread.setUncaughtExceptionHandler(EndpointThreads::logDeath));
        return this;
    }

    private static void logDeath(Thread thread, Throwable cause) {
        logger.error("The thread {} has died", thread.getName(), cause);
    }

    public boolean isAcceptorGone() {
        return acceptor != null && !acceptor.isAlive();
    }

    public boolean isPollerGone() {
        return poller != null && !poller.isAlive();
    }
}
