package dev.gatehouse.acme;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** One attempt to obtain a certificate, in a process that a test kills. */
final class OrderProcess {

    private OrderProcess() {}

    /**
     * Obtains one.
     *
     * @param args storage, directory, trusted CA, domain
     */
    public static void main(String[] args) throws Exception {
        AcmeProperties properties =
                AcmePropertiesTests.bind(
                        "directory", args[1], "trusted-ca", args[2], "domains", args[3]);
        AcmeStorage storage = AcmeStorage.open(Path.of(args[0]), "storage");
        try (AcmeStorage.Lock _ = storage.tryLock().orElseThrow()) {
            StoredFile certificate =
                    new AcmeClient(properties, storage, Clock.systemUTC()).obtain(null);
            storage.saveCertificate(certificate);
            storage.deleteOrder();
        }
    }

    static Process start(Path storage, String directory, Path trustedCa, String domain)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OrderProcess.class.getName(),
                        storage.toString(),
                        directory,
                        trustedCa.toString(),
                        domain)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
