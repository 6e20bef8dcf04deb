package dev.gatehouse.redirect;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Reads the gateways' secret files again and again. Their content is what is compared: Kubernetes
 * swaps the folder behind a symbolic link, which neither the file's path nor, on every file system,
 * its time of change tells.
 */
class SecretFileWatch implements InitializingBean, DisposableBean {

    private static final Logger logger = LoggerFactory.getLogger(SecretFileWatch.class);

    private final List<GatewaySecrets> secrets;
    private final Duration interval;
    private final ScheduledExecutorService scheduler;

    SecretFileWatch(List<GatewaySecrets> secrets, Duration interval) {
        this.secrets = secrets;
        this.interval = interval;
        this.scheduler =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("gateway-secrets").factory());
    }

    @Override
    public void afterPropertiesSet() {
        long millis = interval.toMillis();
        var _ =
                scheduler.scheduleWithFixedDelay(
                        this::refresh, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** One bad look must not be the last: the scheduler drops a task that throws. */
    private void refresh() {
        try {
            secrets.forEach(GatewaySecrets::refresh);
        } catch (RuntimeException ex) {
            logger.warn("The gateways' secret files could not be read again", ex);
        }
    }

    @Override
    public void destroy() {
        scheduler.shutdownNow();
    }
}
