package dev.gatehouse.tools.job.postgres;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits for the events of jobs. What the database notifies of and what one poll for all watched
 * jobs finds wakes those that wait: a stream costs no thread and no connection.
 */
final class EventWatch {

    /** For which a job is watched after the last wait: streams wait again and again. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Database database;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Watched> byId = new HashMap<>();

    EventWatch(Database database) {
        this.database = database;
    }

    private static final class Watched {

        private final Condition changed;
        private long lastEvent;
        private int waiting;
        private long idleSince;

        Watched(Condition changed) {
            this.changed = changed;
        }
    }

    /** Waits until the job has an event after that one; false where there was none in that time. */
    boolean await(String id, long after, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        boolean isNew = begin(id);
        try {
            if (isNew) {
                poll(List.of(id)); // what came before it was watched
            }
            lock.lockInterruptibly();
            try {
                Watched watched = byId.get(id);
                while (watched != null && watched.lastEvent <= after) {
                    if (left <= 0) {
                        return false;
                    }
                    left = watched.changed.awaitNanos(left);
                }
                return watched != null;
            } finally {
                lock.unlock();
            }
        } finally {
            end(id);
        }
    }

    private boolean begin(String id) {
        lock.lock();
        try {
            boolean isNew = !byId.containsKey(id);
            byId.computeIfAbsent(id, _ -> new Watched(lock.newCondition())).waiting++;
            return isNew;
        } finally {
            lock.unlock();
        }
    }

    private void end(String id) {
        lock.lock();
        try {
            Watched watched = byId.get(id);
            if (watched != null) {
                watched.waiting--;
                watched.idleSince = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    /** There is an event of that number. */
    void noticed(String id, long number) {
        lock.lock();
        try {
            Watched watched = byId.get(id);
            if (watched != null && watched.lastEvent < number) {
                watched.lastEvent = number;
                watched.changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Reads once how far all watched jobs are. */
    void poll() {
        List<String> ids = watched();
        if (!ids.isEmpty()) {
            poll(ids);
        }
    }

    private List<String> watched() {
        lock.lock();
        try {
            long now = System.nanoTime();
            Iterator<Watched> all = byId.values().iterator();
            while (all.hasNext()) {
                Watched watched = all.next();
                if (watched.waiting == 0 && now - watched.idleSince > IDLE.toNanos()) {
                    all.remove();
                }
            }
            return List.copyOf(byId.keySet());
        } finally {
            lock.unlock();
        }
    }

    private record Progress(String id, long lastEvent) {}

    private void poll(List<String> ids) {
        List<Progress> found =
                database.request(
                        client ->
                                client.sql(
                                                "SELECT id, last_event FROM job"
                                                        + " WHERE id = ANY (:ids)")
                                        .param("ids", ids.toArray(String[]::new))
                                        .query(
                                                (row, _) ->
                                                        new Progress(
                                                                row.getString("id"),
                                                                row.getLong("last_event")))
                                        .list());
        found.forEach(progress -> noticed(progress.id(), progress.lastEvent()));
    }
}
