package dev.gatehouse.connector;

/**
 * A channel that notes what comes over it, and has buffers only while they are needed. Tomcat uses
 * one again for a later connection.
 *
 * <p>After an answer it lets others go first before it looks for the next request: on a busy
 * connector that is often there by then, and is spared the way to the poller and back, a fifth of
 * what a redirect costs. A look before that would be in vain nine times of ten.
 */
sealed interface TracedChannel permits PlainChannel, TlsChannel {

    ConnectionTrace trace();

    /** What the connection holds of the heap. */
    HeldHeap held();

    /**
     * Gives back the memory of a connection that is idle.
     *
     * @param isLeftAlone whether nobody reads or writes it, and nobody can begin to
     */
    void reclaim(boolean isLeftAlone);

    /** Memory of its buffers, in bytes. */
    int bufferBytes();
}
