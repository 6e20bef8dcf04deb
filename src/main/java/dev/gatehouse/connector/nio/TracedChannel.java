package dev.gatehouse.connector.nio;

import java.nio.ByteBuffer;

/** A channel that notes what comes over it, and has buffers only while something is in them. */
sealed interface TracedChannel permits PlainChannel, TlsChannel {

    ConnectionProgress trace();

    /**
     * The connection waits for its client: keeps no more than the bytes that have come or have not
     * gone. Called while nothing reads from it.
     */
    void compact();

    /** Takes bytes that were read ahead of it, before anything else. */
    void received(ByteBuffer bytes, ActiveConnection connection);

    /** How much has come of a request whose header is not complete. */
    int headerBytes();

    /** Memory of its buffers, in bytes. */
    int bufferBytes();
}
