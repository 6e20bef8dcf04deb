package dev.gatehouse.tools.job;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes what the work of a job publishes as JSON, within the limit of the result's size. */
final class WritingContext implements JobContext {

    /** Of progress, as many as a reader can follow. */
    private static final long NANOS_BETWEEN_PROGRESS = 100_000_000;

    private final JobAttempt attempt;
    private final String path;
    private final Instant deadline;
    private final JsonMapper json;
    private final AtomicLong bytesLeft;
    private final RowSizes rowSizes = new RowSizes();
    private long lastProgress = System.nanoTime() - NANOS_BETWEEN_PROGRESS;
    private @Nullable JobProgress unsent;

    WritingContext(
            JobAttempt attempt, String path, Instant deadline, long mostBytes, JsonMapper json) {
        this.attempt = attempt;
        this.path = path;
        this.deadline = deadline;
        this.json = json;
        this.bytesLeft = new AtomicLong(mostBytes);
    }

    @Override
    public String id() {
        return attempt.job().id();
    }

    @Override
    public String caller() {
        return attempt.job().caller();
    }

    @Override
    public String self() {
        return path + "/" + id();
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public synchronized void progress(JobProgress progress) {
        long now = System.nanoTime();
        unsent = progress;
        if (now - lastProgress >= NANOS_BETWEEN_PROGRESS) {
            lastProgress = now;
            flush();
        }
    }

    /** Sends the last progress, if it was held back. */
    synchronized void flush() {
        if (unsent != null) {
            attempt.publish("progress", json.writeValueAsString(unsent));
            unsent = null;
        }
    }

    @Override
    public synchronized void publish(String type, Object data) {
        flush();
        String text = json.writeValueAsString(data);
        if (take(text.length())) {
            attempt.publish(type, text);
        }
    }

    @Override
    public boolean row(String kind, String key, Map<String, String> facets, Object data) {
        String text = json.writeValueAsString(data);
        int size = text.length() + key.length();
        return take(size - rowSizes.put(kind, key, size)) && attempt.row(kind, key, facets, text);
    }

    @Override
    public OutputStream part(String name, String mediaType) throws IOException {
        return new BoundedPart(attempt.part(name, mediaType));
    }

    private boolean take(long bytes) {
        return bytesLeft.addAndGet(-bytes) >= 0;
    }

    private final class BoundedPart extends FilterOutputStream {

        BoundedPart(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!take(length)) {
                throw new IOException("The limit of the result's size is reached");
            }
            out.write(bytes, offset, length);
        }
    }
}
