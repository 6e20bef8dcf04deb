package dev.gatehouse.tls;

import java.time.Clock;
import java.util.Objects;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class TlsConfiguration {

    @Bean
    PemFilesCheck pemFilesCheck(SslProperties ssl) {
        return new PemFilesCheck(ssl);
    }

    @Bean
    SslBundleRegistrar selfSignedBundleRegistrar(SslProperties ssl) {
        return new SelfSignedBundleRegistrar(ssl, Clock.systemUTC());
    }

    /** After Spring Boot's own customizer, which sets {@code server.ssl.bundle}. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> siteBundleCustomizer(
            SslProperties ssl) {
        return factory -> {
            Ssl server = Objects.requireNonNullElseGet(factory.getSsl(), Ssl::new);
            server.setBundle(SiteBundle.of(ssl).bundleName());
            factory.setSsl(server);
        };
    }

    @Bean
    ServedCertificate servedCertificate(SslBundles bundles, SslProperties ssl) {
        return new ServedCertificate(bundles, SiteBundle.of(ssl));
    }
}
