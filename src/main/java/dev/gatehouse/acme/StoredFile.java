package dev.gatehouse.acme;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * A file of the storage: lines {@code name: value}, which every PEM reader skips (RFC 7468, 5.2),
 * then the key pair and the certificate chain, where the file has them. One file, so that it
 * changes as a whole.
 *
 * @param chain the leaf first; empty in a file without certificates
 */
record StoredFile(
        Map<String, String> facts, @Nullable KeyPair keyPair, List<X509Certificate> chain) {

    private static final Pattern FACT = Pattern.compile("([a-z-]+): (.*)");
    private static final Pattern PUBLIC_KEY =
            Pattern.compile(
                    "-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final byte[] PROBE = {1, 2, 3};

    StoredFile {
        facts = Map.copyOf(facts);
        chain = List.copyOf(chain);
    }

    String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    KeyPair keys() {
        if (keyPair == null) {
            throw new IllegalStateException("This file has no key");
        }
        return keyPair;
    }

    X509Certificate leaf() {
        return chain.getFirst();
    }

    /** A key must not be printed. */
    @Override
    public String toString() {
        return facts.toString();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        facts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(fact -> text.append("%s: %s%n".formatted(fact.getKey(), fact.getValue())));
        if (keyPair != null) {
            text.append(privateKeyPem());
            text.append(pem("PUBLIC KEY", keyPair.getPublic().getEncoded()));
        }
        return text.append(chainPem()).toString();
    }

    String privateKeyPem() {
        return pem("PRIVATE KEY", keys().getPrivate().getEncoded());
    }

    String chainPem() {
        StringBuilder text = new StringBuilder();
        try {
            for (X509Certificate certificate : chain) {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (CertificateEncodingException ex) {
            throw new IllegalStateException(ex); // it was read from its encoding
        }
        return text.toString();
    }

    private static String pem(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is damaged; the message says how, as a clause
     */
    static StoredFile parse(String text, boolean hasKey, boolean hasChain) {
        Map<String, String> facts = new LinkedHashMap<>();
        text.lines()
                .takeWhile(line -> !line.startsWith("-----"))
                .map(FACT::matcher)
                .filter(Matcher::matches)
                .forEach(fact -> facts.put(fact.group(1), fact.group(2)));
        KeyPair keyPair = hasKey ? keyPair(text) : null;
        List<X509Certificate> chain = hasChain ? chain(text) : List.of();
        if (keyPair != null
                && hasChain
                && !chain.getFirst().getPublicKey().equals(keyPair.getPublic())) {
            throw new IllegalArgumentException("its key is not the certificate's");
        }
        return new StoredFile(facts, keyPair, chain);
    }

    private static List<X509Certificate> chain(String text) {
        try {
            return PemContent.of(text).getCertificates();
        } catch (RuntimeException ex) {
            throw new IllegalArgumentException("it has no certificate that can be read", ex);
        }
    }

    private static KeyPair keyPair(String text) {
        Matcher encoded = PUBLIC_KEY.matcher(text);
        try {
            PrivateKey privateKey = PemContent.of(text).getPrivateKey();
            if (privateKey != null && encoded.find()) {
                PublicKey publicKey =
                        KeyFactory.getInstance(privateKey.getAlgorithm())
                                .generatePublic(
                                        new X509EncodedKeySpec(
                                                Base64.getMimeDecoder().decode(encoded.group(1))));
                KeyPair keyPair = new KeyPair(publicKey, privateKey);
                if (belongsTogether(keyPair)) {
                    return keyPair;
                }
            }
        } catch (GeneralSecurityException | RuntimeException ex) {
            throw new IllegalArgumentException("it has no key pair that can be read", ex);
        }
        throw new IllegalArgumentException("it has no key pair that can be read");
    }

    private static boolean belongsTogether(KeyPair keyPair) throws GeneralSecurityException {
        Signature signature =
                Signature.getInstance(
                        keyPair.getPrivate().getAlgorithm().equals("RSA")
                                ? "SHA256withRSA"
                                : "SHA256withECDSA");
        signature.initSign(keyPair.getPrivate());
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(keyPair.getPublic());
        signature.update(PROBE);
        return signature.verify(signed);
    }
}
