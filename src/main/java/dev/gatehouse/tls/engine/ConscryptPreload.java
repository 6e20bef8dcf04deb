package dev.gatehouse.tls.engine;

import org.conscrypt.Conscrypt;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Loads the native engine beside the start, which has other things to do until it needs it: 25 ms.
 * What is wrong with it is said by whoever needs it.
 */
class ConscryptPreload implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        String choice = event.getEnvironment().getProperty("gatehouse.tls.engine");
        if (!EngineChoice.JSSE.name().equalsIgnoreCase(choice)) {
            Thread.ofPlatform().daemon().name("load-tls-engine").start(Conscrypt::isAvailable);
        }
    }
}
