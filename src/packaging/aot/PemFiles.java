package aot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate in the way that deployments have theirs: as PEM files, read by the code
 * that reads them there. Made by the JDK's keytool, which writes PKCS#12 alone.
 */
public record PemFiles(Path folder, Path certificate, Path key) implements AutoCloseable {

    private static final Path KEYTOOL = Path.of(System.getProperty("java.home"), "bin", "keytool");
    private static final String ALIAS = "site";
    private static final String PASSWORD = "training";

    public static PemFiles make()
            throws IOException, InterruptedException, GeneralSecurityException {
        Path folder = Files.createTempDirectory("train-aot");
        Path store = folder.resolve("store.p12");
        generate(store);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Files.delete(store);
        byte[] key = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
        return new PemFiles(
                folder,
                write(
                        folder.resolve("tls.crt"),
                        "CERTIFICATE",
                        keys.getCertificate(ALIAS).getEncoded()),
                write(folder.resolve("tls.key"), "PRIVATE KEY", key));
    }

    private static void generate(Path store) throws IOException, InterruptedException {
        ProcessBuilder keytool = new ProcessBuilder(KEYTOOL.toString(), "-genkeypair");
        keytool.command().addAll(List.of("-alias", ALIAS, "-keyalg", "EC"));
        keytool.command().addAll(List.of("-groupname", "secp256r1", "-dname", "CN=localhost"));
        keytool.command().addAll(List.of("-ext", "SAN=dns:localhost,ip:127.0.0.1"));
        keytool.command().addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
        keytool.command().addAll(List.of("-storepass", PASSWORD));
        if (keytool.inheritIO().start().waitFor() != 0) {
            throw new Failure("keytool made no certificate");
        }
    }

    private static Path write(Path file, String label, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, base64, label));
    }

    /** The properties that make Gatehouse serve it. */
    public List<String> properties() {
        String prefix = "--spring.ssl.bundle.pem.site.keystore.";
        return List.of(prefix + "certificate=" + certificate, prefix + "private-key=" + key);
    }

    @Override
    public void close() throws IOException {
        Files.delete(certificate);
        Files.delete(key);
        Files.delete(folder);
    }
}
