package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/**
 * What all peers share: a folder with the certificate and the page, and how long to measure.
 *
 * @param rounds of every row, the peers alternating
 * @param seconds of load in each round
 * @param warmUp seconds of load before the first, for the JVMs' compilers
 */
public record Setting(Path work, int rounds, int seconds, int warmUp) {

    /** The site's name, in the certificate and in each request. */
    public static final String HOST = "bench.test";

    public static Setting prepare(Path work) throws IOException, InterruptedException {
        Files.createDirectories(work.resolve("site"));
        Setting setting =
                new Setting(
                        work, number("ROUNDS", 5), number("SECONDS_EACH", 3), number("WARM_UP", 6));
        setting.writePage();
        setting.writeCertificate();
        return setting;
    }

    private static int number(String variable, int otherwise) {
        String value = System.getenv(variable);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    private void writePage() throws IOException {
        Path page = Path.of("bench/site/page.html");
        Files.copy(page, work.resolve("site/page.html"), StandardCopyOption.REPLACE_EXISTING);
        try (var gzip =
                new GZIPOutputStream(Files.newOutputStream(work.resolve("site/page.html.gz")))) {
            Files.copy(page, gzip);
        }
    }

    private void writeCertificate() throws IOException, InterruptedException {
        run(
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30"
                        + " -subj /CN=bench.test -keyout tls.key -out tls.crt"
                        + " -addext subjectAltName=DNS:bench.test,DNS:localhost,IP:127.0.0.1");
    }

    private void run(String command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command.split(" "))
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
    }
}
