package dev.gatehouse.reload;

import dev.gatehouse.config.ConfigurationCheck;
import dev.gatehouse.config.ConfigurationMistake;
import dev.gatehouse.config.Reloadable;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Reads the configuration again, checks all of it as a start does, and only then takes into use
 * what can change while the server runs. A mistake anywhere leaves everything as it was.
 */
class ConfigurationReloader {

    private static final Logger logger = LoggerFactory.getLogger(ConfigurationReloader.class);

    private final ConfigurationSources sources;
    private final List<Reloadable> parts;
    private final List<ConfigurationPropertyName> reloadable;
    private final PropertyRecords records;
    private final InstantSource clock;
    private final LongAdder applied = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private volatile ReloadReport last = ReloadReport.NONE;

    /** The values in force. */
    private Map<ConfigurationPropertyName, String> current;

    /** The values that were read last, in force or not; null where they could not be read. */
    private @Nullable Map<ConfigurationPropertyName, String> seen;

    private @Nullable Look lastLook;

    ConfigurationReloader(
            ConfigurationSources sources,
            List<Reloadable> parts,
            PropertyRecords records,
            InstantSource clock) {
        this.sources = sources;
        this.parts = List.copyOf(parts);
        this.reloadable = properties().stream().map(ConfigurationPropertyName::of).toList();
        this.records = records;
        this.clock = clock;
        this.current = sources.atStart();
        this.seen = sources.atStart();
    }

    ReloadReport last() {
        return last;
    }

    long applied() {
        return applied.sum();
    }

    long rejected() {
        return rejected.sum();
    }

    /** The properties, or sections of properties, that can be reloaded. */
    Set<String> properties() {
        Set<String> names = new TreeSet<>();
        parts.forEach(part -> names.addAll(part.properties()));
        return names;
    }

    /**
     * Reloads whether or not a file has changed: secret files are read again too. Spring Boot finds
     * its parts by the thread's class loader, which in the thread of a signal knows nothing of what
     * is inside a jar of jars.
     */
    synchronized ReloadReport reload(ReloadTrigger trigger) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ConfigurationReloader.class.getClassLoader());
        try {
            ConfigurableEnvironment next = sources.read();
            return reload(trigger, next, sources.valuesIn(next));
        } catch (RuntimeException ex) {
            seen = null;
            return reject(trigger, ConfigurationMistake.of(ex));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Reloads if the files say something else than when they were read last, and two looks in a row
     * agree: a file may be half written at the moment. What was rejected is checked again each
     * time: the mistake may be in what the files name, such as a file that holds a secret.
     */
    synchronized void reloadIfChanged() {
        Look look = look();
        boolean isSettled = look.equals(lastLook);
        lastLook = look;
        if (!isSettled) {
            return;
        }
        switch (look) {
            case Look.Read(
                            Map<ConfigurationPropertyName, String> values,
                            ConfigurableEnvironment environment) -> {
                if (!values.equals(seen) || last.isRejected()) {
                    reload(ReloadTrigger.FILES, environment, values);
                }
            }
            case Look.Unreadable(ConfigurationMistake mistake) -> {
                if (seen != null || !mistake.equals(last.mistake())) {
                    seen = null;
                    reject(ReloadTrigger.FILES, mistake);
                }
            }
        }
    }

    private Look look() {
        try {
            ConfigurableEnvironment environment = sources.read();
            return new Look.Read(sources.valuesIn(environment), environment);
        } catch (RuntimeException ex) {
            return new Look.Unreadable(ConfigurationMistake.of(ex));
        }
    }

    /** What the files say. */
    private sealed interface Look {

        record Read(
                Map<ConfigurationPropertyName, String> values, ConfigurableEnvironment environment)
                implements Look {

            /** Whether the files say the same. */
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Read read && values.equals(read.values);
            }

            @Override
            public int hashCode() {
                return values.hashCode();
            }
        }

        record Unreadable(ConfigurationMistake mistake) implements Look {}
    }

    private ReloadReport reload(
            ReloadTrigger trigger,
            ConfigurableEnvironment next,
            Map<ConfigurationPropertyName, String> values) {
        boolean isAgain = trigger == ReloadTrigger.FILES && values.equals(seen);
        seen = values;
        try {
            ConfigurationCheck.check(next);
            Binder binder = Binder.get(next);
            records.check(binder);
            List<Runnable> steps = parts.stream().map(part -> part.prepare(binder)).toList();
            steps.forEach(Runnable::run);
        } catch (RuntimeException ex) {
            ConfigurationMistake mistake = ConfigurationMistake.of(ex);
            return isAgain && mistake.equals(last.mistake()) ? last : reject(trigger, mistake);
        }
        Set<String> changed = names(FileProperties.changed(current, values), this::isReloadable);
        Set<String> needsRestart =
                names(
                        FileProperties.changed(sources.atStart(), values),
                        Predicate.not(this::isReloadable));
        current = values;
        applied.increment();
        logger.info(
                "The configuration was reloaded; changed: {}",
                changed.isEmpty() ? "nothing" : String.join(", ", changed));
        if (!needsRestart.isEmpty()) {
            logger.warn(
                    "The configuration differs from that of the start in what needs a restart: {}",
                    String.join(", ", needsRestart));
        }
        last =
                new ReloadReport(
                        clock.instant(),
                        trigger.tag(),
                        ReloadReport.APPLIED,
                        changed,
                        needsRestart,
                        null);
        return last;
    }

    private ReloadReport reject(ReloadTrigger trigger, ConfigurationMistake mistake) {
        rejected.increment();
        logger.error(
                "The configuration was not reloaded, and the old one stays in force: {} {}",
                mistake.problem(),
                mistake.remedy());
        last =
                new ReloadReport(
                        clock.instant(),
                        trigger.tag(),
                        ReloadReport.REJECTED,
                        Set.of(),
                        last.needsRestart(),
                        mistake);
        return last;
    }

    private static Set<String> names(
            Set<ConfigurationPropertyName> all, Predicate<ConfigurationPropertyName> which) {
        return all.stream()
                .filter(which)
                .map(ConfigurationPropertyName::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isReloadable(ConfigurationPropertyName name) {
        return reloadable.stream()
                .anyMatch(property -> property.equals(name) || property.isAncestorOf(name));
    }
}
