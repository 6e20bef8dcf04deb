package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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

    private static final int PAGE_BYTES = 10_000;

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

    /** Words, so that it compresses as pages do, and the same ones each time. */
    private void writePage() throws IOException {
        List<String> words = List.of("door", "gate", "house", "visitor", "answer", "<b>", "</b>");
        Random random = new Random(10);
        StringBuilder page = new StringBuilder("<!doctype html><title>Page</title><p>");
        while (page.length() < PAGE_BYTES - 20) {
            page.append(words.get(random.nextInt(words.size()))).append(random.nextInt(1000));
            page.append(' ');
        }
        page.append(" ".repeat(PAGE_BYTES - page.length()));
        Path file = Files.writeString(work.resolve("site/page.html"), page);
        Files.writeString(work.resolve("site/index.html"), "<!doctype html><p>Home");
        try (var gzip =
                new GZIPOutputStream(Files.newOutputStream(work.resolve("site/page.html.gz")))) {
            Files.copy(file, gzip);
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
