package load;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;

/** What CPU is spent on: the classes whose names begin so, the first part that fits. */
enum Part {
    SOCKET(
            "socket: reads, writes, accepts",
            "sun.nio.ch.SocketDispatcher",
            "sun.nio.ch.UnixFileDispatcherImpl",
            "sun.nio.ch.SocketChannelImpl",
            "sun.nio.ch.ServerSocketChannelImpl",
            "sun.nio.ch.NativeSocketAddress",
            "sun.nio.ch.IOUtil",
            "sun.nio.ch.Net",
            "java.net.",
            "org.apache.tomcat.util.net.NioEndpoint$NioSocketWrapper",
            "org.apache.tomcat.util.net.NioChannel",
            "org.apache.tomcat.util.net.Socket",
            "dev.gatehouse.connector.nio.PlainChannel",
            "dev.gatehouse.connector.nio.ActiveConnection"),
    TLS(
            "TLS engine and its channel",
            "org.conscrypt.",
            "sun.security.",
            "com.sun.crypto.",
            "javax.crypto.",
            "javax.net.ssl.",
            "org.apache.tomcat.util.net.SecureNioChannel",
            "org.apache.tomcat.util.net.SSL",
            "org.apache.tomcat.util.net.TLS",
            "org.apache.tomcat.util.net.jsse.",
            "org.apache.tomcat.util.net.openssl.",
            "dev.gatehouse.tls.",
            "dev.gatehouse.connector.nio.TlsChannel"),
    POLLER(
            "poller, and the way to a worker",
            "sun.nio.ch.",
            "java.nio.channels.spi.",
            "org.apache.tomcat.util.net.",
            "org.apache.tomcat.util.collections.Synchronized",
            "org.apache.tomcat.util.threads.",
            "dev.gatehouse.connector.nio.ConnectionExecutor",
            "dev.gatehouse.connector.Worker",
            "dev.gatehouse.connector.PollerLoad"),
    HTTP2("HTTP/2: frames, HPACK, streams", "org.apache.coyote.http2."),
    HTTP1(
            "HTTP: request and response heads",
            "org.apache.coyote.",
            "org.apache.tomcat.util.buf.",
            "org.apache.tomcat.util.http."),
    CONTAINER(
            "container: mapper, pipeline, filters",
            "org.apache.catalina.",
            "org.apache.tomcat.",
            "jakarta.servlet."),
    DECISION("redirect: our decision", "dev.gatehouse.redirect."),
    SITE("site: our answer", "dev.gatehouse.site."),
    CONNECTOR("connector: arrival, ping, guards", "dev.gatehouse.connector."),
    WATCH("liveness and the rest of Gatehouse", "dev.gatehouse."),
    METRICS(
            "metrics and observation",
            "io.micrometer.",
            "io.prometheus.",
            "org.springframework.web.filter.ServerHttpObservationFilter",
            "org.springframework.boot.micrometer.",
            "org.springframework.http.server.observation."),
    SECURITY("Spring Security", "org.springframework.security."),
    RESOURCES(
            "files out of the jar",
            "org.springframework.boot.loader.",
            "org.springframework.core.io.",
            "org.springframework.web.servlet.resource.",
            "java.util.zip.",
            "java.util.jar.",
            "sun.net.www.",
            "java.io.File",
            "java.io.RandomAccessFile",
            "java.nio.file.",
            "sun.nio.fs."),
    MVC("Spring MVC and Spring's core", "org.springframework."),
    THREADS(
            "threads: virtual ones and pools",
            "java.lang.VirtualThread",
            "java.lang.ThreadBuilders",
            "jdk.internal.vm.",
            "java.util.concurrent.locks.LockSupport",
            "java.util.concurrent.ForkJoin",
            "java.util.concurrent.ThreadPer",
            "java.util.concurrent.ScheduledThreadPool",
            "java.lang.Thread."),
    COMPILERS("JVM: compilers"),
    COLLECTOR("JVM: collector, recorder"),
    OTHER("not told");

    private final String label;
    private final List<String> prefixes;

    Part(String label, String... prefixes) {
        this.label = label;
        this.prefixes = List.of(prefixes);
    }

    String label() {
        return label;
    }

    /** The part of the topmost frame that belongs to one. */
    static Part of(RecordedStackTrace stack) {
        return stack.getFrames().stream()
                .map(Part::of)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(OTHER);
    }

    private static Optional<Part> of(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName() + ".";
        return Arrays.stream(values())
                .filter(part -> part.prefixes.stream().anyMatch(type::startsWith))
                .findFirst();
    }

    /** The part of a thread that runs no Java, by its name in /proc; none of any other. */
    static Optional<Part> ofThread(String name) {
        if (name.startsWith("C1 ") || name.startsWith("C2 ")) {
            return Optional.of(COMPILERS);
        }
        return name.matches("(?s)(VM|GC|G1|JFR) .*") ? Optional.of(COLLECTOR) : Optional.empty();
    }

    static List<Part> ofThreads() {
        return List.of(COMPILERS, COLLECTOR);
    }
}
