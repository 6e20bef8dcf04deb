package dev.gatehouse.tls.engine;

import dev.gatehouse.config.InvalidPropertyException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which engine is wanted: {@code gatehouse.tls.engine}. */
public enum EngineChoice {
    /** The native one where its library loads, else the JDK's. */
    AUTO,
    /** The JDK's. */
    JSSE,
    /** The native one, or no start. */
    CONSCRYPT;

    private static final Logger logger = LoggerFactory.getLogger(EngineChoice.class);

    /** Takes the engine, and says in one line which and why. */
    public TlsEngine choose() {
        return choose(ConscryptTlsEngine::load);
    }

    TlsEngine choose(Supplier<? extends TlsEngine> loadsNative) {
        return switch (this) {
            case AUTO -> nativeOrJsse(loadsNative);
            case JSSE -> logged(new JsseEngine(), "as configured");
            case CONSCRYPT -> logged(nativeOrStop(loadsNative), "as configured");
        };
    }

    private static TlsEngine nativeOrJsse(Supplier<? extends TlsEngine> loadsNative) {
        try {
            return logged(loadsNative.get(), "its native library loaded");
        } catch (LinkageError | RuntimeException ex) {
            return logged(
                    new JsseEngine(), "no native library could be loaded: " + ex.getMessage());
        }
    }

    private static TlsEngine nativeOrStop(Supplier<? extends TlsEngine> loadsNative) {
        try {
            return loadsNative.get();
        } catch (LinkageError | RuntimeException ex) {
            throw new InvalidPropertyException(
                    "gatehouse.tls.engine",
                    "conscrypt",
                    "cannot be had: its native library does not load (" + ex.getMessage() + ")",
                    "Set it to auto or jsse, or run on x86-64 or AArch64 with glibc and a"
                            + " temporary folder (java.io.tmpdir) from which code may be loaded.",
                    ex);
        }
    }

    private static TlsEngine logged(TlsEngine engine, String why) {
        logger.info("TLS engine of the HTTPS connector: {} ({})", engine.name(), why);
        return engine;
    }
}
