package dev.gatehouse.reload;

import java.io.Console;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reloads the configuration on SIGHUP, which would end the process otherwise. In a terminal it
 * still does: the signal says there that the terminal was closed, and the server would keep its
 * ports unseen. sun.misc.Signal is called by reflection, since the compiler warns of each
 * reference.
 */
class HangupSignal implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(HangupSignal.class);

    private final Runnable action;
    private @Nullable Object replaced;

    HangupSignal(Runnable action) {
        this.action = action;
    }

    @Override
    public void start() {
        if (isInTerminal()) {
            return;
        }
        try {
            replaced = handle(handler());
        } catch (ReflectiveOperationException ex) {
            logger.info("SIGHUP does not reload the configuration here: {}", ex.toString());
        }
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 has null again where there is no terminal
    private static boolean isInTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private Object handler() throws ReflectiveOperationException {
        MethodHandle run =
                MethodHandles.lookup()
                        .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                        .bindTo(action);
        return MethodHandleProxies.asInterfaceInstance(
                Class.forName("sun.misc.SignalHandler"),
                MethodHandles.dropArguments(run, 0, Class.forName("sun.misc.Signal")));
    }

    /** Returns the handler before. */
    private static Object handle(Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
                .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handler);
    }

    @Override
    public void stop() {
        if (replaced == null) {
            return;
        }
        try {
            handle(replaced);
            replaced = null;
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex); // it could be set before
        }
    }

    @Override
    public boolean isRunning() {
        return replaced != null;
    }

    /** Started before the connectors. */
    @Override
    public int getPhase() {
        return 0;
    }
}
