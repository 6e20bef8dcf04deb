package dev.gatehouse.tls;

import dev.gatehouse.testing.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder as the kubelet mounts a Secret: the files are links into {@code ..data}, itself a link
 * that is renamed over to change them all at once.
 */
final class KubernetesSecret {

    private final Path mount;
    private int version;

    private KubernetesSecret(Path mount) {
        this.mount = mount;
    }

    static KubernetesSecret in(Path mount, TestCertificate first) throws IOException {
        KubernetesSecret secret = new KubernetesSecret(mount);
        secret.swap(first);
        for (String name : new String[] {"tls.crt", "tls.key"}) {
            Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
        }
        return secret;
    }

    /** One with a single file, such as a key store. */
    static KubernetesSecret of(Path mount, String name, byte[] content) throws IOException {
        KubernetesSecret secret = new KubernetesSecret(mount);
        secret.swap(name, content);
        Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
        return secret;
    }

    Path mount() {
        return mount;
    }

    void swap(TestCertificate certificate) throws IOException {
        swap(certificate::writeTo);
    }

    /** The certificate of one with the key of another. */
    void swapMismatched(TestCertificate one, TestCertificate other) throws IOException {
        swap(
                folder -> {
                    one.writeTo(folder);
                    Path others = Files.createDirectory(folder.resolve("other"));
                    other.writeTo(others);
                    Files.move(
                            others.resolve("tls.key"),
                            folder.resolve("tls.key"),
                            StandardCopyOption.REPLACE_EXISTING);
                });
    }

    /** The first half of the certificate's file. */
    void swapHalfWritten(TestCertificate certificate) throws IOException {
        swap(
                folder -> {
                    certificate.writeTo(folder);
                    String whole = Files.readString(folder.resolve("tls.crt"));
                    Files.writeString(
                            folder.resolve("tls.crt"), whole.substring(0, whole.length() / 2));
                });
    }

    /** Files with these contents. */
    void swap(String certificate, String key) throws IOException {
        swap(
                folder -> {
                    Files.writeString(folder.resolve("tls.crt"), certificate);
                    Files.writeString(folder.resolve("tls.key"), key);
                });
    }

    /** A file with this content. */
    void swap(String name, byte[] content) throws IOException {
        swap(folder -> Files.write(folder.resolve(name), content));
    }

    private void swap(Content content) throws IOException {
        Path folder = Files.createDirectory(mount.resolve("..version_" + ++version));
        content.writeTo(folder);
        Path link = mount.resolve("..data_tmp");
        Files.createSymbolicLink(link, folder.getFileName());
        Files.move(link, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(Path folder) throws IOException;
    }
}
