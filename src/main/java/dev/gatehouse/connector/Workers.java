package dev.gatehouse.connector;

/** How the threads that process a connector's requests are. */
public enum Workers {
    /** They take work. */
    WORKING,
    /** The connector's own pool has taken no work for a while: every thread is held. */
    POOL_STALLED,
    /** No virtual thread of the whole process gets to run: the carriers are held or spin. */
    CARRIERS_STALLED,
    /** The executor has been shut down and refuses work. */
    SHUT_DOWN
}
