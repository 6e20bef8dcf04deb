package dev.gatehouse.tls;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The certificates as the last look at the wire showed them; before it, as the bundles say. */
class WireCertificates {

    private final GuardedSslBundles bundles;
    private final Map<String, X509Certificate> seen = new ConcurrentHashMap<>();

    WireCertificates(GuardedSslBundles bundles) {
        this.bundles = bundles;
    }

    void put(String bundle, X509Certificate leaf) {
        seen.put(bundle, leaf);
    }

    X509Certificate leaf(String bundle) {
        X509Certificate leaf = seen.get(bundle);
        return leaf == null ? bundles.leaf(bundle) : leaf;
    }
}
