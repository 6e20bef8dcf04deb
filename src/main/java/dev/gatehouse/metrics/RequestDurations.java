package dev.gatehouse.metrics;

import dev.gatehouse.connector.ConnectorName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One histogram of the durations of all requests. Its timers are found by index and made when they
 * are first needed, so that a request costs neither a look-up by tags nor garbage.
 */
class RequestDurations {

    private static final String NAME = "gatehouse.request.duration";
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };
    private static final int STATUS_CLASSES = 6; // 0 for anything but 1xx to 5xx
    private static final MethodClass[] METHODS = MethodClass.values();
    private static final RouteClass[] ROUTES = RouteClass.values();
    private static final ConnectorName[] CONNECTORS = ConnectorName.values();

    private final MeterRegistry registry;
    private final AtomicReferenceArray<@Nullable Timer> timers =
            new AtomicReferenceArray<>(
                    CONNECTORS.length * METHODS.length * STATUS_CLASSES * ROUTES.length);

    RequestDurations(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Methods by what they are for, as clients may send any. */
    enum MethodClass {
        READ,
        WRITE,
        OTHER;

        static MethodClass of(@Nullable String method) {
            return switch (method) {
                case "GET", "HEAD", "OPTIONS" -> READ;
                case "POST", "PUT", "PATCH", "DELETE" -> WRITE;
                case null, default -> OTHER;
            };
        }

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @SuppressWarnings("EnumOrdinal") // an index of this class alone
    void record(
            ConnectorName connector, MethodClass method, int status, RouteClass route, long nanos) {
        int statusClass = status >= 100 && status < 600 ? status / 100 : 0;
        int index =
                ((connector.ordinal() * METHODS.length + method.ordinal()) * STATUS_CLASSES
                                        + statusClass)
                                * ROUTES.length
                        + route.ordinal();
        Timer timer = timers.getPlain(index);
        if (timer == null) {
            timer = timer(connector, method, statusClass, route);
            timers.set(index, timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(
            ConnectorName connector, MethodClass method, int statusClass, RouteClass route) {
        return Timer.builder(NAME)
                .description(
                        "Time from the first byte of a request to the end of its response, without"
                                + " the server's own probes")
                .tag("connector", connector.tag())
                .tag("method", method.tag())
                .tag("status", statusClass == 0 ? "other" : statusClass + "xx")
                .tag("route", route.tag())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
