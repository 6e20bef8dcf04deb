package dev.gatehouse.tools.job.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The bytes of a part, read a chunk at a time: no connection is held between two of them. */
final class ChunkInputStream extends InputStream {

    private final Database database;
    private final String id;
    private final String name;
    private final int attempt;
    private byte[] chunk = new byte[0];
    private int position;
    private int next;
    private boolean atEnd;

    ChunkInputStream(Database database, String id, String name, int attempt) {
        this.database = database;
        this.id = id;
        this.name = name;
        this.attempt = attempt;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position == chunk.length && !readChunk()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean readChunk() {
        if (atEnd) {
            return false;
        }
        chunk =
                database.request(
                                client ->
                                        client.sql(
                                                        """
                                                        SELECT bytes FROM job_part_chunk
                                                        WHERE job_id = :id AND name = :name
                                                          AND attempt = :attempt
                                                          AND number = :number
                                                        """)
                                                .param("id", id)
                                                .param("name", name)
                                                .param("attempt", attempt)
                                                .param("number", next)
                                                .query(byte[].class)
                                                .optional())
                        .orElse(new byte[0]);
        next++;
        position = 0;
        atEnd = chunk.length == 0;
        return !atEnd;
    }
}
