package dev.gatehouse.tools.job.postgres;

import dev.gatehouse.tools.job.Job;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes a part in chunks, which belong to an attempt: those of an attempt that lost its right are
 * never read. The part is there once it is closed.
 */
final class ChunkOutputStream extends OutputStream {

    private static final int CHUNK = 256 * 1024;

    private final Database database;
    private final Job job;
    private final String name;
    private final String mediaType;
    private final byte[] chunk = new byte[CHUNK];
    private int length;
    private int chunks;
    private long size;
    private boolean isClosed;

    ChunkOutputStream(Database database, Job job, String name, String mediaType) {
        this.database = database;
        this.job = job;
        this.name = name;
        this.mediaType = mediaType;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, source.length);
        int from = offset;
        int left = count;
        while (left > 0) {
            int copied = Math.min(left, CHUNK - length);
            System.arraycopy(source, from, chunk, length, copied);
            length += copied;
            from += copied;
            left -= copied;
            if (length == CHUNK) {
                writeChunk();
            }
        }
    }

    private void writeChunk() throws IOException {
        byte[] bytes = Arrays.copyOf(chunk, length);
        persist(
                """
                INSERT INTO job_part_chunk (job_id, name, attempt, number, bytes)
                SELECT id, :name, :attempt, :number, :bytes
                FROM job WHERE id = :id AND attempt = :attempt AND state = 'RUNNING' FOR UPDATE
                ON CONFLICT (job_id, name, attempt, number) DO UPDATE SET bytes = excluded.bytes
                """,
                bytes);
        chunks++;
        size += length;
        length = 0;
    }

    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (length > 0) {
            writeChunk();
        }
        persist(
                """
                INSERT INTO job_part (job_id, name, attempt, media_type, size)
                SELECT id, :name, :attempt, :mediaType, :size
                FROM job WHERE id = :id AND attempt = :attempt AND state = 'RUNNING' FOR UPDATE
                ON CONFLICT (job_id, name) DO UPDATE
                    SET attempt = excluded.attempt, media_type = excluded.media_type,
                        size = excluded.size
                """,
                new byte[0]);
    }

    private void persist(String sql, byte[] bytes) throws IOException {
        int written;
        try {
            written =
                    database.untilDone(
                            client ->
                                    client.sql(sql)
                                            .param("id", job.id())
                                            .param("name", name)
                                            .param("attempt", job.attempt())
                                            .param("number", chunks)
                                            .param("bytes", bytes)
                                            .param("mediaType", mediaType)
                                            .param("size", size)
                                            .update());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException().initCause(ex);
        }
        if (written == 0) {
            throw new IOException("The job has ended");
        }
    }
}
