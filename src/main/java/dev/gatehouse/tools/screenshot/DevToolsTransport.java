package dev.gatehouse.tools.screenshot;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;

/** Carries the messages of the Chrome DevTools Protocol. */
interface DevToolsTransport extends Closeable {

    /** An event may be as long as that; a longer one is dropped, since a page decides about it. */
    int LONGEST_EVENT = 256 << 10;

    /** A reply may be as long as that: the image of a strip is the longest. */
    int LONGEST_REPLY = 20 << 20;

    void send(byte[] message) throws IOException;

    /**
     * Reads messages until the connection ends. The consumer may block: the browser then waits.
     *
     * @throws IOException where the connection breaks
     */
    void readAll(Consumer<byte[]> consumer) throws IOException;
}
