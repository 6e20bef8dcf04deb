package dev.gatehouse.redirect;

import dev.gatehouse.config.Reloadable;
import dev.gatehouse.gateway.CurrentGateways;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.gateway.TrustedHeaders;
import dev.gatehouse.gateway.TrustedProxies;
import dev.gatehouse.tls.ServedCertificate;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;

/** The settings in force of the redirect and its exemptions, the gateways among them. */
class CurrentRedirect implements Reloadable {

    private static final String REDIRECT = "gatehouse.redirect";
    private static final String EXEMPTIONS = "gatehouse.exemptions";

    private final Parts parts;
    private final CurrentGateways gateways;
    private volatile RedirectSettings current;

    CurrentRedirect(
            RedirectProperties redirect,
            ExemptionProperties exemptions,
            CurrentGateways gateways,
            Parts parts) {
        this.parts = parts;
        this.gateways = gateways;
        this.current = parts.settings(redirect, exemptions, gateways.get());
    }

    RedirectSettings get() {
        return current;
    }

    @Override
    public List<String> properties() {
        return Stream.concat(Stream.of(REDIRECT, EXEMPTIONS), CurrentGateways.PROPERTIES.stream())
                .toList();
    }

    @Override
    public Runnable prepare(Binder binder) {
        Gateways nextGateways = CurrentGateways.read(binder);
        RedirectSettings next =
                parts.settings(
                        binder.bindOrCreate(REDIRECT, RedirectProperties.class),
                        binder.bindOrCreate(EXEMPTIONS, ExemptionProperties.class),
                        nextGateways);
        return () -> {
            gateways.replace(nextGateways);
            current = next;
        };
    }

    /**
     * What settings are made of besides the properties.
     *
     * @param acme whether ACME challenges are answered
     * @param boundPort the HTTPS connector's own port
     */
    record Parts(
            boolean acme,
            TrustedProxies proxies,
            ServedCertificate certificate,
            IntSupplier boundPort) {

        RedirectSettings settings(
                RedirectProperties redirect, ExemptionProperties exemptions, Gateways gateways) {
            SiteNames names =
                    redirect.hosts().isEmpty()
                            ? new SiteNames(SiteNames.Source.CERTIFICATE, certificate::names)
                            : SiteNames.ofHosts(redirect.hosts());
            Integer port = redirect.httpsPort();
            Destination destination =
                    new Destination(port == null ? boundPort : () -> port, redirect.permanent());
            PolicyRules rules =
                    new PolicyRules(
                            acme,
                            gateways.all(),
                            exemptions,
                            proxies,
                            names,
                            redirect.canonical(),
                            redirect.unknownHost(),
                            destination);
            return new RedirectSettings(
                    redirect,
                    names,
                    new Hsts(redirect.hsts(), redirect.isForGood(), certificate::isSelfSigned),
                    new RedirectPolicy(rules.inOrder()),
                    destination.port(),
                    gateways.headers(),
                    new TrustedHeaders(gateways.all()));
        }
    }
}
