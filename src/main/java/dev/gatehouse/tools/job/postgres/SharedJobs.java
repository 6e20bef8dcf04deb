package dev.gatehouse.tools.job.postgres;

import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tools.job.JobRunner;
import dev.gatehouse.tools.job.JobStoreException;
import dev.gatehouse.tools.job.JobTools;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/** Everything about jobs in PostgreSQL on this instance, and the tasks that keep it going. */
final class SharedJobs implements SmartLifecycle, AutoCloseable {

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private final Database database;
    private final Instances instances;
    private final EventWatch watch;
    private final PostgresJobStore store;
    private final String instance;
    private final NotificationListener listener;
    private final @Nullable JobScheduler scheduler;
    private volatile boolean running;

    /**
     * @param workers jobs that run at the same time here; 0 where the instance only serves
     */
    SharedJobs(
            Database database,
            Instances instances,
            JobTools tools,
            JobRunner runner,
            JsonMapper json,
            String instance,
            int workers) {
        this.database = database;
        this.instances = instances;
        this.instance = instance;
        this.watch = new EventWatch(database);
        this.store = new PostgresJobStore(database, watch, runner, instance, json);
        this.listener = new NotificationListener(database, this::receive);
        this.scheduler =
                workers == 0
                        ? null
                        : new JobScheduler(
                                database,
                                store,
                                runner,
                                tools,
                                instance,
                                workers,
                                new Retention(database)::clean);
    }

    /** Adds the tasks. Each ends soon, and none throws what the state of the database explains. */
    void addTo(PeriodicTasks tasks) {
        addPollingTo(tasks);
        tasks.add("jobs-notifications", listener::pause, listener::listen);
    }

    /** As above, without the notifications, which only save time. */
    void addPollingTo(PeriodicTasks tasks) {
        tasks.add("jobs-database", CHECK_INTERVAL, this::check);
        tasks.add("jobs-polling", POLL_INTERVAL, this::poll);
    }

    /** Looks whether the database is there; the first time it is, jobs begin to run. */
    void check() {
        database.check(instances::announce);
        if (!database.isAvailable()) {
            instances.forget();
        }
        if (scheduler != null) {
            if (running && database.isWritable()) {
                scheduler.start();
            }
            scheduler.setPaused(!database.isWritable());
        }
    }

    private void receive(Notifications.Notification notification) {
        switch (notification) {
            case Notifications.Queued() -> {
                if (scheduler != null) {
                    scheduler.wake();
                }
            }
            case Notifications.Event(var id, var number) -> watch.noticed(id, number);
            case Notifications.Cancelled(var id) -> store.stop(id);
            case Notifications.Unknown() -> {}
        }
    }

    /** Finds what a lost notification would have told. */
    private void poll() {
        if (!database.isAvailable()) {
            return;
        }
        try {
            watch.poll();
            interruptLost();
        } catch (JobStoreException _) {
            // the database is checked elsewhere
        }
    }

    private void interruptLost() {
        Set<String> lost = new HashSet<>(store.running());
        if (lost.isEmpty()) {
            return;
        }
        List<String> ours =
                database.request(
                        client ->
                                client.sql(
                                                "SELECT id FROM job WHERE id = ANY (:ids)"
                                                        + " AND state = 'RUNNING'"
                                                        + " AND instance = :instance")
                                        .param("ids", lost.toArray(String[]::new))
                                        .param("instance", instance)
                                        .query(String.class)
                                        .list());
        ours.forEach(lost::remove);
        lost.forEach(store::stop);
    }

    PostgresJobStore store() {
        return store;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (scheduler != null) {
            scheduler.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void close() {
        listener.close();
        database.close();
    }
}
