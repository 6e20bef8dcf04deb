package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tls.ReloadRecord.Trouble;
import dev.gatehouse.tls.engine.EngineChoice;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CheckedSslBundlesTests {

    private final List<Object> events = new ArrayList<>();
    private final Clock clock = Clock.systemUTC();
    private final ReloadRecord record = new ReloadRecord(clock, events::add);
    private final CheckedSslBundles bundles =
            new CheckedSslBundles(
                    new ServedBundles(List.of(new ServedBundle("site", List.of())), true),
                    new SslProperties(),
                    new CertificateCheck(EngineChoice.JSSE.choose(), clock),
                    record);

    private final List<SslBundle> handedToTomcat = new ArrayList<>();

    @BeforeEach
    void registerOne() {
        bundles.registerBundle("site", bundle());
    }

    @Test
    void keepOldBundleAndSayWhyWhenTomcatRefuses(CapturedOutput output) {
        X509Certificate old = bundles.leaf("site");
        SslBundle refused = bundle();
        bundles.addBundleUpdateHandler(
                "site",
                bundle -> {
                    handedToTomcat.add(bundle);
                    if (bundle.equals(refused)) {
                        throw new IllegalStateException("no suite is left");
                    }
                });

        bundles.updateBundle("site", refused);

        assertThat(bundles.leaf("site")).isEqualTo(old);
        assertThat(handedToTomcat.getLast()).isSameAs(bundles.getBundle("site"));
        assertThat(output)
                .containsPattern("WARN .*Tomcat refused it: .*no suite is left. Served: CN=");
        assertThat(record.count(ReloadOutcome.REFUSED)).isEqualTo(1);
        assertThat(record.trouble("site")).map(Trouble::outcome).contains(ReloadOutcome.REFUSED);
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        CertificateReload.class,
                        event -> assertThat(event.outcome()).isEqualTo(ReloadOutcome.REFUSED));
    }

    @Test
    void takeNewBundleWhenTomcatTakesIt() {
        SslBundle next = bundle();

        bundles.updateBundle("site", next);

        assertThat(bundles.getBundle("site")).isSameAs(next);
        assertThat(record.count(ReloadOutcome.TAKEN)).isEqualTo(1);
        assertThat(record.trouble("site")).isEmpty();
    }

    private static SslBundle bundle() {
        CertificateAndKey certificate =
                SelfSignedCertificate.create(LocalNames.ofThisMachine(), Instant.now());
        return SslBundle.of(SslStoreBundle.of(certificate.keyStore(), "", null), SslBundleKey.NONE);
    }
}
