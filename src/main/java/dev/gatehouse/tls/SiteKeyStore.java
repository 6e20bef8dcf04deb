package dev.gatehouse.tls;

import dev.gatehouse.config.InvalidPropertyException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Leaves one bundle 'site' in Spring Boot's properties: that of a key store, {@code
 * spring.ssl.bundle.jks.site.*} or {@code server.ssl.key-store*}, where one is configured, else
 * that of PEM files. The packaged configuration has the options of the bundle in its PEM form.
 */
record SiteKeyStore(Environment environment) implements BeanPostProcessor {

    private static final String SITE = SiteBundle.CONFIGURED.bundleName();
    private static final String PEM = "spring.ssl.bundle.pem.site.keystore";
    private static final String KEEP_ONE =
            "Keep one of them: the default certificate is read from PEM files or from one key"
                    + " store.";

    /** A bundle of {@code server.ssl.*}, which a message names so. */
    static final class OfServer extends JksSslBundleProperties {}

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof SslProperties ssl) {
            keepOneBundle(
                    ssl,
                    Binder.get(environment)
                            .bind("server.ssl", Bindable.of(Ssl.class))
                            .orElseGet(Ssl::new));
        }
        return bean;
    }

    static void keepOneBundle(SslProperties ssl, Ssl server) {
        PemSslBundleProperties pem =
                ssl.getBundle().getPem().getOrDefault(SITE, new PemSslBundleProperties());
        JksSslBundleProperties jks =
                Objects.requireNonNullElseGet(
                        ssl.getBundle().getJks().remove(SITE), JksSslBundleProperties::new);
        JksSslBundleProperties store = keyStore(jks, server);
        if (store == null) {
            rejectTrustStore(KeyStoreFile.Names.ofBundle(SITE), jks.getTruststore().getLocation());
            rejectTrustStore(KeyStoreFile.Names.OF_SERVER, server.getTrustStore());
            setOptions(pem, server);
            return;
        }
        rejectPem(KeyStoreFile.ofBundle(SITE, store).names(), pem);
        takeOptions(store, pem);
        setOptions(store, server);
        store.setReloadOnUpdate(store.isReloadOnUpdate() && isWatchable(store));
        ssl.getBundle().getPem().remove(SITE);
        ssl.getBundle().getJks().put(SITE, store);
    }

    private static @Nullable JksSslBundleProperties keyStore(
            JksSslBundleProperties jks, Ssl server) {
        boolean isOfBundle =
                isAnySet(
                        jks.getKeystore().getLocation(),
                        jks.getKeystore().getPassword(),
                        jks.getKeystore().getType(),
                        jks.getKeystore().getProvider(),
                        jks.getKey().getAlias(),
                        jks.getKey().getPassword());
        boolean isOfServer =
                isAnySet(
                        server.getKeyStore(),
                        server.getKeyStorePassword(),
                        server.getKeyStoreType(),
                        server.getKeyStoreProvider(),
                        server.getKeyAlias(),
                        server.getKeyPassword());
        if (isOfBundle && isOfServer) {
            throw new InvalidPropertyException(
                    "server.ssl.key-store",
                    KeyStoreFile.describe(server.getKeyStore()),
                    "is set beside spring.ssl.bundle.jks.site",
                    KEEP_ONE);
        }
        if (isOfServer) {
            return ofServer(server, jks.isReloadOnUpdate());
        }
        return isOfBundle ? jks : null;
    }

    private static OfServer ofServer(Ssl server, boolean isReloaded) {
        OfServer bundle = new OfServer();
        bundle.setReloadOnUpdate(isReloaded);
        bundle.setProtocol(server.getProtocol());
        bundle.getKeystore().setLocation(server.getKeyStore());
        bundle.getKeystore().setPassword(server.getKeyStorePassword());
        bundle.getKeystore().setType(server.getKeyStoreType());
        bundle.getKeystore().setProvider(server.getKeyStoreProvider());
        bundle.getKey().setAlias(server.getKeyAlias());
        bundle.getKey().setPassword(server.getKeyPassword());
        bundle.getTruststore().setLocation(server.getTrustStore());
        bundle.getTruststore().setPassword(server.getTrustStorePassword());
        bundle.getTruststore().setType(server.getTrustStoreType());
        bundle.getTruststore().setProvider(server.getTrustStoreProvider());
        return bundle;
    }

    private static void rejectPem(KeyStoreFile.Names names, PemSslBundleProperties pem) {
        if (isAnySet(pem.getKeystore().getCertificate(), pem.getKeystore().getPrivateKey())) {
            throw new InvalidPropertyException(
                    PEM + ".certificate",
                    PemFiles.describe(pem.getKeystore().getCertificate()),
                    "is set beside " + names.location(),
                    KEEP_ONE);
        }
        if (isAnySet(pem.getTruststore().getCertificate())) {
            throw new InvalidPropertyException(
                    "spring.ssl.bundle.pem.site.truststore.certificate",
                    PemFiles.describe(pem.getTruststore().getCertificate()),
                    "is not read beside " + names.location(),
                    "Set " + names.trustLocation() + " to a store of the same certificates.");
        }
    }

    private static void rejectTrustStore(KeyStoreFile.Names names, @Nullable String location) {
        if (StringUtils.hasText(location)) {
            throw new InvalidPropertyException(
                    names.trustLocation(),
                    KeyStoreFile.describe(location),
                    "is not read without " + names.location(),
                    "Set spring.ssl.bundle.pem.site.truststore.certificate to a PEM file of the"
                            + " certificate authorities that sign the clients' certificates.");
        }
    }

    /** Those that the bundle does not set itself. */
    private static void takeOptions(SslBundleProperties bundle, SslBundleProperties defaults) {
        if (bundle.getOptions().getCiphers() == null) {
            bundle.getOptions().setCiphers(defaults.getOptions().getCiphers());
        }
        if (bundle.getOptions().getEnabledProtocols() == null) {
            bundle.getOptions().setEnabledProtocols(defaults.getOptions().getEnabledProtocols());
        }
    }

    private static void setOptions(SslBundleProperties bundle, Ssl server) {
        if (server.getCiphers() != null) {
            bundle.getOptions().setCiphers(setOf(server.getCiphers()));
        }
        if (server.getEnabledProtocols() != null) {
            bundle.getOptions().setEnabledProtocols(setOf(server.getEnabledProtocols()));
        }
    }

    private static Set<String> setOf(String[] values) {
        return new LinkedHashSet<>(Arrays.asList(values));
    }

    /** What is on the class path or in the property itself cannot change. */
    private static boolean isWatchable(JksSslBundleProperties bundle) {
        return Stream.of(bundle.getKeystore(), bundle.getTruststore())
                .map(JksSslBundleProperties.Store::getLocation)
                .filter(StringUtils::hasText)
                .noneMatch(
                        location ->
                                location.startsWith("classpath:")
                                        || location.startsWith("base64:"));
    }

    private static boolean isAnySet(@Nullable String... values) {
        return Arrays.stream(values).anyMatch(StringUtils::hasText);
    }
}
