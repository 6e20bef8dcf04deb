package dev.gatehouse.site;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/** Loads the native library of Brotli while Spring reads the configuration. */
class BrotliPreload implements BackgroundPreinitializer {

    @Override
    public void preinitialize() {
        Brotli4jLoader.isAvailable();
    }
}
