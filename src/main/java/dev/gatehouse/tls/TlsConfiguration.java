package dev.gatehouse.tls;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.tls.CertificateSource.UnusableKeyException;
import dev.gatehouse.tls.engine.EngineChoice;
import dev.gatehouse.tls.engine.TlsEngine;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** What the HTTPS connector serves, and by which engine. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TlsProperties.class)
class TlsConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(TlsConfiguration.class);

    private final Clock clock = Clock.systemUTC();

    @Bean
    static SiteKeyStore siteKeyStore(Environment environment) {
        return new SiteKeyStore(environment);
    }

    @Bean
    TlsEngine tlsEngine(TlsProperties properties, SslProperties ssl) {
        TlsEngine engine = properties.engine().choose();
        try {
            tryCertificates(engine, properties, ssl);
            return engine;
        } catch (UnusableKeyException ex) {
            if (properties.engine() != EngineChoice.AUTO) {
                throw ex;
            }
            TlsEngine jdk = EngineChoice.JSSE.choose();
            tryCertificates(jdk, properties, ssl);
            logger.warn(
                    "TLS engine of the HTTPS connector: {} in place of {}, at about twice the cost"
                            + " of a handshake. {}",
                    jdk.name(),
                    engine.name(),
                    ex.getMessage());
            return jdk;
        }
    }

    private static void tryCertificates(
            TlsEngine engine, TlsProperties properties, SslProperties ssl) {
        Set<String> enabled = SiteBundle.properties(ssl).getOptions().getEnabledProtocols();
        String[] protocols = enabled == null ? null : enabled.toArray(String[]::new);
        CertificateSource.configured(ssl, properties)
                .forEach(source -> source.check(engine, protocols));
    }

    @Bean
    ServedBundles servedBundles(
            SslProperties ssl,
            TlsProperties properties,
            ObjectProvider<ObtainedCertificate> obtained) {
        return ServedBundles.of(ssl, properties, obtained.getIfAvailable());
    }

    @Bean
    ServerNameBundles serverNameBundles(SslProperties ssl, TlsProperties properties) {
        return new ServerNameBundles(ssl, properties);
    }

    @Bean
    SelfSignedBundleRegistrar selfSignedBundleRegistrar(
            SslProperties ssl, ObjectProvider<ObtainedCertificate> obtained) {
        return new SelfSignedBundleRegistrar(ssl, obtained.getIfAvailable(), clock);
    }

    @Bean
    ReloadRecord reloadRecord(ApplicationEventPublisher events) {
        return new ReloadRecord(clock, events);
    }

    /** In the place of Spring Boot's own registry. */
    @Bean
    CheckedSslBundles sslBundleRegistry(
            ServedBundles served,
            SslProperties ssl,
            TlsEngine engine,
            ReloadRecord record,
            ObjectProvider<SslBundleRegistrar> registrars) {
        CheckedSslBundles bundles =
                new CheckedSslBundles(served, ssl, new CertificateCheck(engine, clock), record);
        registrars.orderedStream().forEach(registrar -> registrar.registerBundles(bundles));
        return bundles;
    }

    /** After Spring Boot's own customizer, which sets {@code server.ssl.bundle}. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> servedBundlesCustomizer(
            ServedBundles served, TlsEngine engine, CheckedSslBundles bundles) {
        return factory -> {
            Ssl server = Objects.requireNonNullElseGet(factory.getSsl(), Ssl::new);
            requireTls(server);
            server.setBundle(served.byDefault().name());
            server.setServerNameBundles(served.serverNames());
            factory.setSsl(server);
            factory.addConnectorCustomizers(
                    new EngineCustomizer(engine), new Http2LimitsCustomizer());
            served.second()
                    .ifPresent(
                            second ->
                                    factory.addConnectorCustomizers(
                                            new SecondCertificate(
                                                    bundles, served.byDefault(), second)));
        };
    }

    private static void requireTls(Ssl server) {
        if (!server.isEnabled()) {
            throw new InvalidPropertyException(
                    "server.ssl.enabled",
                    false,
                    "would make a plain connector of the HTTPS one",
                    "Remove it: plain HTTP has a connector of its own, gatehouse.http.port.");
        }
    }

    @Bean
    ServedCertificate servedCertificate(
            CheckedSslBundles bundles, ServedBundles served, SslProperties ssl) {
        return new ServedCertificate(bundles, served, ssl);
    }
}
