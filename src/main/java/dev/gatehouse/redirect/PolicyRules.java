package dev.gatehouse.redirect;

import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.TrustedProxies;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of the policy in their order: paths open to everybody, gateways, TLS, exemptions, and
 * at last the redirect.
 *
 * @param acme whether ACME challenges are answered
 */
record PolicyRules(
        boolean acme,
        List<Gateway> gateways,
        ExemptionProperties exemptions,
        TrustedProxies proxies,
        SiteNames names,
        CanonicalHost canonical,
        UnknownHost unknownHost,
        Destination destination) {

    List<Rule> inOrder() {
        List<Rule> rules = new ArrayList<>();
        rules.add(ExemptionRules.ping());
        if (acme) {
            rules.add(ExemptionRules.acmeChallenge());
        }
        gateways.forEach(gateway -> rules.add(new GatewayRule(gateway)));
        if (canonical.isForced()) {
            rules.add(HostRules.canonicalHost(canonical, proxies, destination));
        }
        rules.add(ExemptionRules.tls());
        if (exemptions.loopback()) {
            rules.add(ExemptionRules.loopback());
        }
        if (!exemptions.networks().isEmpty()) {
            rules.add(ExemptionRules.networks(exemptions.parsedNetworks()));
        }
        if (!exemptions.paths().isEmpty()) {
            rules.add(ExemptionRules.paths(exemptions.parsedPaths()));
        }
        rules.add(ExemptionRules.trustedProxies(proxies));
        rules.add(HostRules.requestForm(unknownHost == UnknownHost.REJECT));
        rules.add(HostRules.kubeProbe());
        rules.add(HostRules.siteNames(names, canonical, unknownHost, destination));
        rules.add(HostRules.https(canonical, destination));
        return rules;
    }
}
