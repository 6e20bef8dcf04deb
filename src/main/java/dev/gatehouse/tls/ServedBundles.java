package dev.gatehouse.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.web.server.Ssl.ServerNameSslBundle;

/**
 * The SSL bundles that the HTTPS connector serves.
 *
 * @param all the default first
 * @param isConfigured whether the default is of files that the configuration names
 */
record ServedBundles(List<ServedBundle> all, boolean isConfigured) {

    static ServedBundles of(
            SslProperties ssl, TlsProperties tls, @Nullable ObtainedCertificate obtained) {
        SiteBundle site = SiteBundle.of(ssl);
        List<ServedBundle> all = new ArrayList<>();
        all.add(
                new ServedBundle(
                        obtained == null ? site.bundleName() : obtained.bundleName(), List.of()));
        for (int i = 0; i < tls.certificates().size(); i++) {
            all.add(new ServedBundle(bundleName(i), tls.certificates().get(i).names()));
        }
        return new ServedBundles(List.copyOf(all), site == SiteBundle.CONFIGURED);
    }

    /** The bundle of {@code gatehouse.tls.certificates[index]}. */
    static String bundleName(int index) {
        return "site-" + index;
    }

    /** The bundle for clients that request no server name, or an unknown one. */
    ServedBundle byDefault() {
        return all.getFirst();
    }

    /** The second pair for the default's names, of another kind of key. */
    Optional<ServedBundle> second() {
        return all.stream().skip(1).filter(bundle -> bundle.serverNames().isEmpty()).findFirst();
    }

    Set<String> names() {
        return all.stream().map(ServedBundle::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Which bundle the clients of each name get. */
    List<ServerNameSslBundle> serverNames() {
        return all.stream()
                .flatMap(
                        bundle ->
                                bundle.serverNames().stream()
                                        .map(name -> new ServerNameSslBundle(name, bundle.name())))
                .toList();
    }
}
