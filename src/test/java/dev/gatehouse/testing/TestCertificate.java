package dev.gatehouse.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate for a test, with its key, as PEM files. */
public record TestCertificate(X509Certificate certificate, KeyPair keyPair) {

    /** Good from yesterday until tomorrow, for these DNS names. */
    public static TestCertificate forNames(String... dnsNames) {
        return create(Instant.now().plus(Duration.ofDays(1)), dnsNames);
    }

    /** The same with an RSA key. */
    public static TestCertificate rsaForNames(String... dnsNames) {
        return create("RSA", Instant.now().plus(Duration.ofDays(1)), dnsNames);
    }

    /** Good until then. */
    public static TestCertificate create(Instant notAfter, String... dnsNames) {
        return create("EC", notAfter, dnsNames);
    }

    /** With a common name and no subject alternative name. */
    public static TestCertificate forCommonName(String name) {
        return create("EC", Instant.now().plus(Duration.ofDays(1)), name, new GeneralName[0]);
    }

    private static TestCertificate create(String algorithm, Instant notAfter, String... dnsNames) {
        GeneralName[] names =
                Arrays.stream(dnsNames)
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new);
        return create(algorithm, notAfter, dnsNames[0], names);
    }

    private static TestCertificate create(
            String algorithm, Instant notAfter, String commonName, GeneralName[] names) {
        try {
            KeyPair keyPair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            X500Name subject = new X500Name("CN=" + commonName);
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            subject,
                            new BigInteger(64, new SecureRandom()),
                            Date.from(notAfter.minus(Duration.ofDays(2))),
                            Date.from(notAfter),
                            subject,
                            keyPair.getPublic());
            if (names.length > 0) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            return new TestCertificate(
                    new JcaX509CertificateConverter()
                            .getCertificate(
                                    builder.build(
                                            new JcaContentSignerBuilder(
                                                            algorithm.equals("RSA")
                                                                    ? "SHA256withRSA"
                                                                    : "SHA256withECDSA")
                                                    .build(keyPair.getPrivate()))),
                    keyPair);
        } catch (GeneralSecurityException | OperatorCreationException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Makes the server's side of TLS connections, with this certificate. */
    public SSLContext serverContext() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "site", keyPair.getPrivate(), new char[0], new Certificate[] {certificate});
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Writes {@code tls.crt} and {@code tls.key} into the folder, as Kubernetes names them. */
    public void writeTo(Path folder) throws IOException {
        Files.writeString(folder.resolve("tls.crt"), pem(certificate));
        Files.writeString(
                folder.resolve("tls.key"), pem(new JcaPKCS8Generator(keyPair.getPrivate(), null)));
    }

    /**
     * The properties that make Gatehouse serve {@code tls.crt} and {@code tls.key} of the folder.
     */
    public static String[] properties(Path folder) {
        String prefix = "spring.ssl.bundle.pem.site.keystore.";
        return new String[] {
            prefix + "certificate=" + folder.resolve("tls.crt"),
            prefix + "private-key=" + folder.resolve("tls.key")
        };
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
