package dev.gatehouse.connector;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The part of the heap that may be held for what is being served, in kilobytes, for both connectors
 * together. A connection that is to be served waits until there is room, the first to come first:
 * while it waits it holds next to nothing.
 */
final class HeapShare {

    /** What the application itself takes, and of the rest what garbage and caches do not. */
    private static final int APPLICATION_KILOBYTES = 32 << 10;

    private static final double PART = 0.2;

    private static final int LEAST_KILOBYTES = 4 << 10;

    private static final long LONGEST_WAIT_SECONDS = 30;

    private final int kilobytes;
    private final Room room;
    private final Semaphore idle;
    private final Room remembered;
    private volatile long admittedNanos = System.nanoTime();

    HeapShare(int kilobytes) {
        this.kilobytes = kilobytes;
        this.room = new Room(kilobytes);
        this.idle = new Semaphore(kilobytes / 2);
        this.remembered = new Room(kilobytes);
    }

    static HeapShare ofThisHeap() {
        double rest = Runtime.getRuntime().maxMemory() / 1024.0 - APPLICATION_KILOBYTES;
        return new HeapShare((int) Math.clamp(rest * PART, LEAST_KILOBYTES, Integer.MAX_VALUE));
    }

    /** Takes that much once there is room; false when there is none for too long. */
    boolean takeInTurn(int wanted) {
        try {
            if (room.tryAcquire(wanted, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                admittedNanos = System.nanoTime();
                return true;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Whether there was room for that much, and nobody waits for it, and so it is taken. */
    boolean takeIfFree(int wanted) {
        return !room.hasQueuedThreads() && room.tryAcquire(wanted);
    }

    /** Takes that much, whether there is room or not. */
    void take(int wanted) {
        room.takeAnyway(wanted);
    }

    void giveBack(int held) {
        if (held > 0) {
            room.release(held);
        }
    }

    /**
     * Takes that much for the buffers of a connection that is idle, half as much as all for all of
     * them; whether there was room.
     */
    boolean takeIdle(int wanted) {
        return idle.tryAcquire(wanted);
    }

    void giveBackIdle(int held) {
        idle.release(held);
    }

    /** Takes that much for what is remembered of requests that are done, as much again as all. */
    void remember(int more) {
        remembered.takeAnyway(more);
    }

    void forget(int held) {
        remembered.release(held);
    }

    /** Whether somebody waits for room, or too much is remembered. */
    boolean isWanted() {
        return room.hasQueuedThreads() || remembered.availablePermits() < 0;
    }

    /** When the last of those who had to wait was let in, as {@link System#nanoTime} has it. */
    long admittedNanos() {
        return admittedNanos;
    }

    int kilobytes() {
        return kilobytes;
    }

    int held() {
        return kilobytes - room.availablePermits();
    }

    /** A fair semaphore that may be overdrawn. */
    private static final class Room extends Semaphore {

        private static final long serialVersionUID = 1L;

        Room(int permits) {
            super(permits, true);
        }

        void takeAnyway(int permits) {
            reducePermits(permits);
        }
    }
}
