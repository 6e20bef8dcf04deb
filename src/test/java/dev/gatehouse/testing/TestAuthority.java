package dev.gatehouse.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority of one level; its certificates are valid for 60 days. */
public final class TestAuthority {

    /** Creates keys that the JDK knows no longer, and is not installed. */
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private final X500Name name;
    private final KeyPair keyPair;
    private final X509Certificate certificate;

    private TestAuthority(X500Name name, KeyPair keyPair, X509Certificate certificate) {
        this.name = name;
        this.keyPair = keyPair;
        this.certificate = certificate;
    }

    /** One whose certificate is signed with its own key. */
    public static TestAuthority root(String commonName) {
        KeyPair keyPair = keyPair("EC", "secp256r1");
        X500Name name = new X500Name("CN=" + commonName);
        return new TestAuthority(name, keyPair, sign(name, keyPair, name, keyPair, null));
    }

    /** One whose certificate this one signs. */
    public TestAuthority intermediate(String commonName) {
        KeyPair ownKeys = keyPair("EC", "secp256r1");
        X500Name ownName = new X500Name("CN=" + commonName);
        return new TestAuthority(ownName, ownKeys, sign(ownName, ownKeys, name, keyPair, null));
    }

    /** A certificate for that host, with an ECDSA P-256 key. */
    public Issued issue(String host) {
        return issue(host, host, "EC", "secp256r1");
    }

    /** A certificate for that host that is valid in that time. */
    public Issued issue(String host, Instant from, Instant until) {
        KeyPair ownKeys = keyPair("EC", "secp256r1");
        X500Name subject = new X500Name("CN=" + host);
        return new Issued(sign(subject, ownKeys, name, keyPair, host, from, until), ownKeys);
    }

    /**
     * A certificate with a key of that kind.
     *
     * @param host its alternative name, or null for none
     * @param curve of an EC key, or empty
     */
    public Issued issue(String commonName, @Nullable String host, String algorithm, String curve) {
        KeyPair ownKeys = keyPair(algorithm, curve);
        X500Name subject = new X500Name("CN=" + commonName);
        return new Issued(sign(subject, ownKeys, name, keyPair, host), ownKeys);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    private static KeyPair keyPair(String algorithm, String curve) {
        try {
            boolean isStandard = curve.isEmpty() || curve.matches("secp[0-9]+r1");
            KeyPairGenerator generator =
                    isStandard
                            ? KeyPairGenerator.getInstance(algorithm)
                            : KeyPairGenerator.getInstance(algorithm, BOUNCY_CASTLE);
            if (!curve.isEmpty()) {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static X509Certificate sign(
            X500Name subject,
            KeyPair keys,
            X500Name issuer,
            KeyPair issuerKeys,
            @Nullable String host) {
        Instant now = Instant.now();
        return sign(
                subject,
                keys,
                issuer,
                issuerKeys,
                host,
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(60)));
    }

    private static X509Certificate sign(
            X500Name subject,
            KeyPair keys,
            X500Name issuer,
            KeyPair issuerKeys,
            @Nullable String host,
            Instant from,
            Instant until) {
        try {
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            new BigInteger(64, new SecureRandom()),
                            Date.from(from),
                            Date.from(until),
                            subject,
                            keys.getPublic());
            if (subject.equals(issuer)) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            }
            if (host != null) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(issuerKeys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** A certificate and its key. */
    public record Issued(X509Certificate certificate, KeyPair keyPair) {

        /** Writes {@code tls.crt}, with these certificates and no others, and {@code tls.key}. */
        public void writeTo(Path folder, X509Certificate... chain) throws IOException {
            StringWriter certificates = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(certificates)) {
                for (X509Certificate certificate : chain) {
                    writer.writeObject(certificate);
                }
            }
            StringWriter key = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(key)) {
                writer.writeObject(new JcaPKCS8Generator(keyPair.getPrivate(), null));
            }
            Files.writeString(folder.resolve("tls.crt"), certificates.toString());
            Files.writeString(folder.resolve("tls.key"), key.toString());
        }
    }
}
