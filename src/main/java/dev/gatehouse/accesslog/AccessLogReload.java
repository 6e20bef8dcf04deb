package dev.gatehouse.accesslog;

import dev.gatehouse.config.Reloadable;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;

/** Takes changed settings of the access log into use, except whether there is one. */
class AccessLogReload implements Reloadable {

    private static final String PREFIX = "gatehouse.access-log";

    private final AccessLogWriter writer;
    private final ExcludedPaths excluded;

    AccessLogReload(AccessLogWriter writer, ExcludedPaths excluded) {
        this.writer = writer;
        this.excluded = excluded;
    }

    @Override
    public List<String> properties() {
        return Stream.of("format", "exclude", "file", "max-file-size", "max-files")
                .map(name -> PREFIX + "." + name)
                .toList();
    }

    @Override
    public Runnable prepare(Binder binder) {
        AccessLogProperties next = binder.bindOrCreate(PREFIX, AccessLogProperties.class);
        LogTarget target = LogTarget.of(next);
        return () -> {
            excluded.replace(next.exclude());
            writer.continueWith(target, next.format()::line);
        };
    }
}
