package dev.gatehouse.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.config.InvalidPropertyException;
import dev.gatehouse.testing.TestCertificate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcmeStorageTests {

    private static final String PROPERTY = "gatehouse.acme.storage";
    private static final CaDirectory DIRECTORY = CaDirectory.of("letsencrypt");

    @TempDir private Path folder;
    private Path place;

    @BeforeEach
    void placeStorage() {
        place = folder.resolve("state").resolve("acme");
    }

    @Test
    void readsWhatWasWrittenWhenOpenedAgain() throws Exception {
        StoredFile certificate = certificate(TestCertificate.rsaForNames("site.test"));
        StoredFile account =
                new StoredFile(
                        Map.of("url", "https://ca.test/1"),
                        KeyType.ECDSA_P256.generate(),
                        List.of());
        AcmeStorage storage = AcmeStorage.open(place, PROPERTY);
        storage.saveCertificate(certificate);
        storage.saveAccount(DIRECTORY, account);

        AcmeStorage again = AcmeStorage.open(place, PROPERTY);

        StoredFile read = again.certificate().orElseThrow();
        assertThat(read.leaf()).isEqualTo(certificate.leaf());
        assertThat(read.keys().getPrivate()).isEqualTo(certificate.keys().getPrivate());
        assertThat(read.facts()).isEqualTo(certificate.facts());
        assertThat(again.account(DIRECTORY).orElseThrow().fact("url"))
                .isEqualTo("https://ca.test/1");
        assertThat(again.account(CaDirectory.of("zerossl"))).isEmpty();
        assertThat(again.order()).isEmpty();
    }

    @Test
    void givesFilesToTheOwnerAloneWhateverTheUmask() throws Exception {
        Files.createDirectories(place);
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
        AcmeStorage storage = AcmeStorage.open(place, PROPERTY);
        storage.saveCertificate(certificate(TestCertificate.forNames("site.test")));
        storage.putChallenge("token", "token.thumbprint");
        storage.tryLock().orElseThrow().close();

        try (Stream<Path> all = Files.walk(place)) {
            assertThat(all)
                    .allSatisfy(
                            path ->
                                    assertThat(
                                                    PosixFilePermissions.toString(
                                                            Files.getPosixFilePermissions(path)))
                                            .isEqualTo(
                                                    Files.isDirectory(path)
                                                            ? "rwx------"
                                                            : "rw-------"));
        }
    }

    @Test
    void leavesNothingButTheFileWhenProcessWasKilledWhileWriting() throws Exception {
        AcmeStorage storage = AcmeStorage.open(place, PROPERTY);
        Files.writeString(place.resolve(".certificate.pem.tmp"), "half");

        storage.saveCertificate(certificate(TestCertificate.forNames("site.test")));

        try (Stream<Path> files = Files.list(place)) {
            assertThat(files).containsExactly(place.toRealPath().resolve("certificate.pem"));
        }
    }

    @Test
    void isLockedForOthersUntilReleased() throws Exception {
        AcmeStorage storage = AcmeStorage.open(place, PROPERTY);
        AcmeStorage another = AcmeStorage.open(place, PROPERTY);

        try (AcmeStorage.Lock _ = storage.tryLock().orElseThrow()) {
            assertThat(another.tryLock()).isEmpty();
        }

        another.tryLock().orElseThrow().close();
    }

    @Test
    void cannotBeLockedWhileAnotherProcessHoldsTheLock() throws Exception {
        AcmeStorage storage = AcmeStorage.open(place, PROPERTY);
        Path lock = Files.createFile(place.resolve("lock"));
        Process holder =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "exec python3 -c \"import fcntl,sys;f=open('%s','w');"
                                                .formatted(lock)
                                        + "fcntl.lockf(f,fcntl.LOCK_EX);print('held',flush=True);"
                                        + "sys.stdin.read()\"")
                        .start();
        String answer = holder.inputReader().readLine();
        assumeTrue("held".equals(answer), "python3 is missing");

        assertThat(storage.tryLock()).isEmpty();

        holder.destroyForcibly().waitFor();
        storage.tryLock().orElseThrow().close();
    }

    @Test
    void stopsStartAndOverwritesNothingWhenCertificateIsDamaged() throws Exception {
        AcmeStorage storage = AcmeStorage.open(place, PROPERTY);
        storage.saveCertificate(certificate(TestCertificate.forNames("site.test")));
        Path file = place.resolve("certificate.pem");
        String damaged = Files.readString(file).replaceFirst("(?s)-----BEGIN CERT.*", "");
        Files.writeString(file, damaged);

        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> AcmeStorage.open(place, PROPERTY))
                .withMessage(
                        "gatehouse.acme.storage = '%1$s' holds a file that cannot be used:"
                                + " %2$s/certificate.pem is damaged: it has no certificate that can"
                                + " be read.",
                        place, place.toRealPath());
        assertThat(file).hasContent(damaged.strip());
        assertThatExceptionOfType(AcmeFailure.class)
                .isThrownBy(storage::certificate)
                .matches(failure -> failure.kind() == FailureKind.STORAGE);
    }

    @Test
    void stopsStartWhenKeyIsAnotherCertificates() throws Exception {
        AcmeStorage storage = AcmeStorage.open(place, PROPERTY);
        storage.saveCertificate(
                new StoredFile(
                        Map.of(),
                        TestCertificate.forNames("a").keyPair(),
                        List.of(TestCertificate.forNames("b").certificate())));

        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> AcmeStorage.open(place, PROPERTY))
                .withMessageContaining("its key is not the certificate's");
    }

    @Test
    void stopsStartWhenAccountKeyIsDamagedOrBinary() throws Exception {
        AcmeStorage.open(place, PROPERTY);
        Path file = place.resolve("account-ca.test-dir.pem");
        for (byte[] content : List.of(new byte[0], new byte[] {(byte) 0xff, 0, 1})) {
            Files.write(file, content);

            assertThatExceptionOfType(InvalidPropertyException.class)
                    .isThrownBy(() -> AcmeStorage.open(place, PROPERTY))
                    .withMessageContaining("account-ca.test-dir.pem is damaged");
            assertThat(file).hasBinaryContent(content);
        }
    }

    @Test
    void stopsStartWhenFolderCannotBeWrittenTo() {
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> AcmeStorage.open(Path.of("/proc/acme"), PROPERTY))
                .withMessageStartingWith(
                        "gatehouse.acme.storage = '/proc/acme' cannot be written to (");
    }

    @Test
    void stopsStartWhenStorageIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> AcmeStorage.open(file, PROPERTY))
                .withMessageContaining("cannot be written to");
    }

    @Test
    void stopsStartWhenStorageIsReadOnly() throws Exception {
        Path mount = mounted("ro");
        try {
            assertThatExceptionOfType(InvalidPropertyException.class)
                    .isThrownBy(() -> AcmeStorage.open(mount, PROPERTY))
                    .withMessage(
                            "gatehouse.acme.storage = '%s' cannot be written to (Read-only file"
                                            .formatted(mount)
                                    + " system).");
        } finally {
            run("umount", mount.toString());
        }
    }

    @Test
    void keepsOldFileWhenDiskIsFull() throws Exception {
        Path mount = mounted("size=24k,uid=0,mode=700");
        try {
            AcmeStorage storage = AcmeStorage.open(mount, PROPERTY);
            StoredFile old = certificate(TestCertificate.forNames("site.test"));
            storage.saveCertificate(old);
            fill(mount.resolve("log"));

            assertThatExceptionOfType(AcmeFailure.class)
                    .isThrownBy(
                            () ->
                                    storage.saveCertificate(
                                            certificate(TestCertificate.forNames("site.test"))))
                    .withMessage(
                            "%s/certificate.pem cannot be written (No space left on device)"
                                    .formatted(mount.toRealPath()));
            assertThat(storage.certificate().orElseThrow().leaf()).isEqualTo(old.leaf());
            assertThat(mount.resolve(".certificate.pem.tmp")).doesNotExist();
            assertThat(AcmeStorage.open(mount, PROPERTY).certificate()).isPresent();
        } finally {
            run("umount", mount.toString());
        }
    }

    @Test
    void refusesWhatBelongsToAnotherUser() throws Exception {
        assumeRoot();
        AcmeStorage storage = AcmeStorage.open(place, PROPERTY);
        storage.saveCertificate(certificate(TestCertificate.forNames("site.test")));
        Files.setAttribute(place.resolve("certificate.pem"), "unix:uid", 12345);

        assertThatExceptionOfType(AcmeFailure.class)
                .isThrownBy(storage::certificate)
                .withMessageEndingWith("certificate.pem belongs to user '12345'");

        Files.setAttribute(place, "unix:uid", 12345);

        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(() -> AcmeStorage.open(place, PROPERTY))
                .withMessage(
                        "gatehouse.acme.storage = '%s' belongs to user '12345', while this process"
                                        .formatted(place)
                                + " runs as 'root'.");
    }

    @Test
    void printsNoKey() {
        StoredFile file = certificate(TestCertificate.forNames("site.test"));

        assertThat(file.toString()).doesNotContain("PRIVATE");
        assertThat(AcmeState.pem(file).toString()).doesNotContain("PRIVATE");
    }

    private Path mounted(String options) throws Exception {
        assumeRoot();
        Path mount = Files.createDirectory(folder.resolve("mount"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", options, "tmpfs", mount.toString()) == 0,
                "nothing can be mounted here");
        return mount;
    }

    private static void fill(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (channel.write(ByteBuffer.allocate(1024)) > 0) {}
        } catch (IOException _) {
            // full
        }
    }

    private static void assumeRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "this needs root");
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor();
    }

    private static StoredFile certificate(TestCertificate certificate) {
        return new StoredFile(
                Map.of("directory", DIRECTORY.toString(), "domains", "site.test"),
                certificate.keyPair(),
                List.of(certificate.certificate()));
    }
}
