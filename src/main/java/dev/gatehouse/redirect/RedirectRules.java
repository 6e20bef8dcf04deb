package dev.gatehouse.redirect;

import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.TrustedProxies;
import java.util.ArrayList;
import java.util.List;

/**
 * The policy's rules in their order: what anybody may see, then who proves to be somebody, then
 * TLS, then who comes from a place that is exempt; what is left over is sent to HTTPS.
 *
 * @param acme whether ACME challenges are answered
 */
record RedirectRules(
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
        addOpenPaths(rules);
        gateways.forEach(gateway -> rules.add(new GatewayExemption(gateway)));
        addTls(rules);
        addExemptions(rules);
        rules.add(new TrustedProxyRule(proxies));
        rules.add(new RequestForm(unknownHost == UnknownHost.REJECT));
        rules.add(new SiteNamesRule(names, canonical, unknownHost, destination));
        rules.add(new HttpsRule(canonical, destination));
        return rules;
    }

    private void addOpenPaths(List<Rule> rules) {
        rules.add(new PingExemption());
        if (acme) {
            rules.add(new AcmeExemption());
        }
    }

    private void addTls(List<Rule> rules) {
        if (canonical.isForced()) {
            rules.add(new CanonicalHostRule(canonical, proxies, destination));
        }
        rules.add(new TlsRule());
    }

    private void addExemptions(List<Rule> rules) {
        if (exemptions.loopback()) {
            rules.add(new LoopbackExemption());
        }
        if (!exemptions.networks().isEmpty()) {
            rules.add(new NetworkExemption(exemptions.parsedNetworks()));
        }
        if (!exemptions.paths().isEmpty()) {
            rules.add(new PathExemption(exemptions.parsedPaths()));
        }
    }
}
