package dev.gatehouse.tls;

import dev.gatehouse.connector.IpAddressFormat;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
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
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Creates ECDSA P-256 certificates, signed with their own key, that exist in memory alone. All that
 * needs Bouncy Castle is here: to load one of its classes has the JVM check the signature of its
 * whole jar, 0.14 s of a start, and an AOT cache links each class that was loaded when it was
 * trained, with the exceptions that it catches.
 */
final class SelfSignedCertificate {

    private static final X500Name SUBJECT = new X500Name("CN=Gatehouse self-signed");
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private SelfSignedCertificate() {}

    /** The longest that Apple's platforms accept of a certificate: 398 days; a year is within. */
    static final Duration LIFETIME = Duration.ofDays(365);

    /** Creates a key and a certificate for these names, valid from an hour ago. */
    static CertificateAndKey create(LocalNames names, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keyPair = generator.generateKeyPair();
            return new CertificateAndKey(
                    List.of(sign(keyPair, names, now, now.plus(LIFETIME))), keyPair.getPrivate());
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException("Cannot create a self-signed certificate", ex);
        }
    }

    /** Good from a little before {@code now}, for clocks that are behind. */
    private static X509Certificate sign(KeyPair keyPair, LocalNames names, Instant now, Instant end)
            throws GeneralSecurityException, IOException {
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        SUBJECT,
                        new BigInteger(127, new SecureRandom()).setBit(0),
                        Date.from(now.minus(CLOCK_SKEW)),
                        Date.from(end),
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
                .getCertificate(builder.build(signer(keyPair.getPrivate())));
    }

    private static GeneralNames alternativeNames(LocalNames names) {
        GeneralName[] dns =
                names.dnsNames().stream()
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new);
        GeneralName[] addresses =
                names.addresses().stream()
                        .map(IpAddressFormat::format)
                        .map(address -> new GeneralName(GeneralName.iPAddress, address))
                        .toArray(GeneralName[]::new);
        GeneralName[] all = new GeneralName[dns.length + addresses.length];
        System.arraycopy(dns, 0, all, 0, dns.length);
        System.arraycopy(addresses, 0, all, dns.length, addresses.length);
        return new GeneralNames(all);
    }

    private static ContentSigner signer(PrivateKey key) throws GeneralSecurityException {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        } catch (OperatorCreationException ex) {
            throw new GeneralSecurityException(ex);
        }
    }
}
