package dev.gatehouse.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.web.server.Ssl.ServerNameSslBundle;

/**
 * The SSL bundles that the HTTPS connector serves.
 *
 * @param all the default first
 */
record ServedBundles(List<ServedBundle> all) {

    static ServedBundles of(SslProperties ssl, TlsProperties tls) {
        List<ServedBundle> all = new ArrayList<>();
        all.add(new ServedBundle(SiteBundle.of(ssl).bundleName(), List.of()));
        for (int i = 0; i < tls.certificates().size(); i++) {
            all.add(new ServedBundle(bundleName(i), tls.certificates().get(i).names()));
        }
        return new ServedBundles(List.copyOf(all));
    }

    /** The bundle of {@code gatehouse.tls.certificates[index]}. */
    static String bundleName(int index) {
        return "site-" + index;
    }

    /** Which a client gets that asks for no name, or for none of ours. */
    ServedBundle byDefault() {
        return all.getFirst();
    }

    /** The second pair for the default's names, of another kind of key. */
    Optional<ServedBundle> second() {
        return all.stream().skip(1).filter(bundle -> bundle.serverNames().isEmpty()).findFirst();
    }

    boolean isSelfSigned() {
        return byDefault().name().equals(SiteBundle.SELF_SIGNED.bundleName());
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
