package dev.gatehouse.liveness;

import java.util.concurrent.atomic.AtomicBoolean;

/** Virtual threads that hold every carrier of this process by spinning, until closed. */
final class SpinningCarriers implements AutoCloseable {

    private final AtomicBoolean spinning = new AtomicBoolean(true);

    SpinningCarriers() {
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread.ofVirtual().start(this::spin);
        }
    }

    private void spin() {
        while (spinning.get()) {
            Thread.onSpinWait();
        }
    }

    void stop() {
        spinning.set(false);
    }

    @Override
    public void close() {
        stop();
    }
}
