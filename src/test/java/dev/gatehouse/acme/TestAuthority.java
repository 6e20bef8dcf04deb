package dev.gatehouse.acme;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority without a protocol, that fails when a test wants it to. */
final class TestAuthority implements CertificateAuthority {

    private static final KeyPair KEY = KeyType.ECDSA_P256.generate();

    private final AcmeProperties properties;
    private final Clock clock;
    private final Deque<AcmeFailure> failures = new ArrayDeque<>();
    private final List<Optional<X509Certificate>> orders = new ArrayList<>();
    private Duration life = Duration.ofDays(90);
    private @Nullable RenewalWindow window;
    private Runnable whileOrdering = () -> {};
    private long serial = 1;

    TestAuthority(AcmeProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    void failWith(FailureKind kind, @Nullable Instant notBefore) {
        failures.add(new AcmeFailure(kind, "it failed", notBefore, null));
    }

    void issueFor(Duration newLife) {
        life = newLife;
    }

    void suggest(@Nullable RenewalWindow newWindow) {
        window = newWindow;
    }

    void whileOrdering(Runnable action) {
        whileOrdering = action;
    }

    /** The certificates that each order was to replace. */
    List<Optional<X509Certificate>> orders() {
        return orders;
    }

    @Override
    public StoredFile obtain(@Nullable X509Certificate replaced) throws AcmeFailure {
        orders.add(Optional.ofNullable(replaced));
        whileOrdering.run();
        AcmeFailure failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return issue();
    }

    StoredFile issue() {
        KeyPair keyPair = properties.keyType().generate();
        X509Certificate leaf =
                issue(
                        BigInteger.valueOf(serial++),
                        keyPair.getPublic(),
                        clock.instant(),
                        clock.instant().plus(life),
                        properties.domains().toArray(String[]::new));
        return new StoredFile(properties.wanted(), keyPair, List.of(leaf));
    }

    @Override
    public Optional<RenewalWindow> renewalWindow(X509Certificate certificate) {
        return Optional.ofNullable(window);
    }

    static X509Certificate issue(
            BigInteger serial, PublicKey key, Instant start, Instant end, String... names) {
        try {
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            new X500Name("CN=Test CA"),
                            serial,
                            Date.from(start),
                            Date.from(end),
                            new X500Name(""),
                            key);
            GeneralName[] all = new GeneralName[names.length];
            for (int i = 0; i < names.length; i++) {
                all[i] = new GeneralName(GeneralName.dNSName, names[i]);
            }
            builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(all));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(KEY.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
