package dev.gatehouse.tools.screenshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * Messages through the pipes of a process, each ended by a zero byte: no port is open to other
 * users of the machine, and the browser ends with the pipe.
 */
final class PipeTransport implements DevToolsTransport {

    private static final byte[] EVENT = {'{', '"', 'm'};

    private final InputStream in;
    private final OutputStream out;

    PipeTransport(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public synchronized void send(byte[] message) throws IOException {
        out.write(message);
        out.write(0);
        out.flush();
    }

    @Override
    public void readAll(Consumer<byte[]> consumer) throws IOException {
        byte[] buffer = new byte[64 << 10];
        Message message = new Message();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            int start = 0;
            for (int i = 0; i < count; i++) {
                if (buffer[i] == 0) {
                    message.append(buffer, start, i - start);
                    if (!message.isTooLong()) {
                        consumer.accept(message.bytes.toByteArray());
                    }
                    message = new Message();
                    start = i + 1;
                }
            }
            message.append(buffer, start, count - start);
        }
    }

    /** Events begin with the method, replies with the id. */
    private static final class Message {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        private final byte[] head = new byte[EVENT.length];
        private long length;

        private void append(byte[] buffer, int start, int count) {
            for (int i = 0; i < count && length + i < head.length; i++) {
                head[(int) length + i] = buffer[start + i];
            }
            length += count;
            if (isTooLong()) {
                bytes.reset();
            } else {
                bytes.write(buffer, start, count);
            }
        }

        private boolean isTooLong() {
            boolean event = java.util.Arrays.equals(head, EVENT);
            return length > (event ? LONGEST_EVENT : LONGEST_REPLY);
        }
    }

    @Override
    public void close() throws IOException {
        try (in;
                out) {
            // both
        }
    }
}
