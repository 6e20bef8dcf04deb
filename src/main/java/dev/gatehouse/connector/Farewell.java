package dev.gatehouse.connector;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * The first step of a shutdown. Spring Boot's pauses the connectors, and a paused one drops what is
 * asked on a connection that was kept; so before, all who are here are told to go elsewhere, each
 * with a whole answer.
 */
class Farewell implements SmartLifecycle {

    /** For whoever asks again and again; a client that rests is not waited for. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Connectors connectors;
    private final GracePeriod grace;
    private volatile boolean running;

    Farewell(Connectors connectors, GracePeriod grace) {
        this.connectors = connectors;
        this.grace = grace;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        grace.begin();
        List<OpenConnections> doors = connectors.open();
        doors.forEach(OpenConnections::takeNoMore);
        Wait wait = Wait.atMost(LONGEST);
        do {
            doors.forEach(OpenConnections::sayGoAway);
        } while (doors.stream().anyMatch(OpenConnections::areLeft) && wait.goesOn());
        doors.forEach(OpenConnections::endIdle);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After those who watch the connectors: to them, this would look like a death. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
    }
}
