package dev.gatehouse.site;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/** Loads Brotli's native code while Spring reads configurations. */
class BrotliPreload implements BackgroundPreinitializer {

    @Override
    public void preinitialize() {
        Brotli4jLoader.isAvailable();
    }
}
