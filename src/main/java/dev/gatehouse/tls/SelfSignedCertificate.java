package dev.gatehouse.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An ECDSA P-256 certificate, signed by itself, that exists in memory alone. */
final class SelfSignedCertificate {

    /** The longest that Apple's platforms accept of a certificate: 398 days; a year is within. */
    static final Duration LIFETIME = Duration.ofDays(365);

    private static final X500Name SUBJECT = new X500Name("CN=Gatehouse self-signed");
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private final X509Certificate certificate;
    private final KeyPair keyPair;

    private SelfSignedCertificate(X509Certificate certificate, KeyPair keyPair) {
        this.certificate = certificate;
        this.keyPair = keyPair;
    }

    /** Makes a key and a certificate for these names, good from an hour ago. */
    static SelfSignedCertificate create(LocalNames names, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keyPair = generator.generateKeyPair();
            return new SelfSignedCertificate(sign(keyPair, names, now), keyPair);
        } catch (GeneralSecurityException | OperatorCreationException | IOException ex) {
            throw new IllegalStateException("Cannot make a self-signed certificate", ex);
        }
    }

    private static X509Certificate sign(KeyPair keyPair, LocalNames names, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        SUBJECT,
                        new BigInteger(127, new SecureRandom()).setBit(0),
                        Date.from(now.minus(CLOCK_SKEW)),
                        Date.from(now.plus(LIFETIME)),
                        SUBJECT,
                        keyPair.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(names));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(keyPair.getPrivate())));
    }

    private static GeneralNames alternativeNames(LocalNames names) {
        GeneralName[] dns =
                names.dnsNames().stream()
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new);
        GeneralName[] addresses =
                names.addresses().stream()
                        .map(InetAddress::getHostAddress)
                        .map(address -> new GeneralName(GeneralName.iPAddress, address))
                        .toArray(GeneralName[]::new);
        GeneralName[] all = new GeneralName[dns.length + addresses.length];
        System.arraycopy(dns, 0, all, 0, dns.length);
        System.arraycopy(addresses, 0, all, dns.length, addresses.length);
        return new GeneralNames(all);
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** A key store, in memory and without a password, that holds the key and the certificate. */
    KeyStore keyStore() {
        try {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(null, null);
            keyStore.setKeyEntry(
                    "site", keyPair.getPrivate(), new char[0], new X509Certificate[] {certificate});
            return keyStore;
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException("Cannot keep a self-signed certificate", ex);
        }
    }
}
