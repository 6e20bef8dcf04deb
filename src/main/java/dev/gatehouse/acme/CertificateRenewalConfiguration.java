package dev.gatehouse.acme;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.config.StateDirectory;
import dev.gatehouse.task.PeriodicTask;
import dev.gatehouse.task.PeriodicTasks;
import dev.gatehouse.tls.ServedCertificate;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.OnPropertyListCondition;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/** Obtains and renews the certificate, where there are names to obtain one for. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AcmeProperties.class)
@Conditional(CertificateRenewalConfiguration.HasDomains.class)
class CertificateRenewalConfiguration {

    private final Clock clock = Clock.systemUTC();

    static class HasDomains extends OnPropertyListCondition {

        HasDomains() {
            super("gatehouse.acme.domains", () -> ConditionMessage.forCondition("ACME"));
        }
    }

    @Bean
    AcmeStorage acmeStorage(
            AcmeProperties properties, SslProperties ssl, ObjectProvider<StateDirectory> state) {
        rejectConfiguredFiles(properties.domains(), ssl);
        Path storage = properties.storage();
        if (storage != null) {
            return AcmeStorage.open(storage.toAbsolutePath(), "gatehouse.acme.storage");
        }
        StateDirectory directory = state.getObject();
        return AcmeStorage.open(directory.path().resolve("acme"), StateDirectory.PROPERTY);
    }

    static void rejectConfiguredFiles(List<String> domains, SslProperties ssl) {
        if (ssl.getBundle().getJks().containsKey("site")) {
            throw beside(domains, "the key store of the site");
        }
        PemSslBundleProperties site = ssl.getBundle().getPem().get("site");
        if (site != null
                && (StringUtils.hasText(site.getKeystore().getCertificate())
                        || StringUtils.hasText(site.getKeystore().getPrivateKey()))) {
            throw beside(domains, "spring.ssl.bundle.pem.site.keystore");
        }
    }

    private static InvalidPropertyException beside(List<String> domains, String files) {
        return new InvalidPropertyException(
                "gatehouse.acme.domains",
                String.join(", ", domains),
                "is set beside " + files,
                "Remove one of them: the default certificate is either obtained or read from"
                        + " files. For further certificates there is gatehouse.tls.certificates.");
    }

    @Bean
    AcmeState acmeState(AcmeProperties properties, AcmeStorage storage) throws AcmeFailure {
        return new AcmeState(properties, storage.certificate(), clock);
    }

    @Bean
    CertificateRenewal certificateRenewal(
            AcmeProperties properties,
            AcmeState state,
            AcmeStorage storage,
            ServedCertificate served,
            ApplicationEventPublisher events) {
        return new CertificateRenewal(
                state,
                storage,
                new AcmeClient(properties, storage, clock),
                served::replaceDefault,
                events::publishEvent,
                clock,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    @Bean
    PeriodicTask certificateRenewalTask(PeriodicTasks tasks, CertificateRenewal renewal) {
        return tasks.add("acme-renewal", renewal::pause, renewal::look);
    }

    @Bean
    AcmeWebroot acmeStorageWebroot(AcmeStorage storage) {
        return new AcmeWebroot(storage.webroot());
    }

    @Bean
    FilterRegistrationBean<AcmeChallengeFilter> acmeChallengeFilter(AcmeWebroot webroot) {
        return AcmeConfiguration.registration(webroot);
    }

    @Bean
    AcmeMetrics acmeMetrics(AcmeState state) {
        return new AcmeMetrics(state, clock);
    }

    @Bean
    AcmeEndpoint acmeEndpoint(AcmeState state, CertificateRenewal renewal) {
        return new AcmeEndpoint(state, renewal);
    }
}
