import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import load.MemoryLimit;

/** Runs link checkers on the same sites in turns; bench/links says how. */
class LinkChecks {

    static final Path JAVA = ProcessHandle.current().info().command().map(Path::of).orElseThrow();

    static final boolean WITH_LINKCHECKER = !"no".equals(System.getenv("LINKCHECKER"));

    static final String SITES = System.getenv().getOrDefault("SITES", "reference second");

    static final boolean POLITE = !"no".equals(System.getenv("POLITE"));

    static Path work;

    /** What one run found and took. */
    record Run(
            String tool,
            double seconds,
            Set<String> found,
            String counts,
            long peakMegabytes,
            long anonymousMegabytes) {

        Run as(String name) {
            return new Run(name, seconds, found, counts, peakMegabytes, anonymousMegabytes);
        }

        long count(String name) {
            Matcher matcher = Pattern.compile("\\b" + name + "=(\\d+)").matcher(counts);
            return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
        }
    }

    public static void main(String[] args) throws Exception {
        work = Path.of(args[0]);
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
        if (args.length > 1 && args[1].equals("growth")) {
            growth();
            return;
        }
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        System.out.println(
                "64 connections, no pause; seconds are medians of " + rounds + " rounds");
        for (String site : SITES.isBlank() ? new String[0] : SITES.split(" ")) {
            compare(site, rounds);
        }
        if (POLITE) {
            polite();
        }
    }

    static void polite() throws Exception {
        System.out.println("As delivered: 10 connections, 50 ms between two requests to a host");
        try (Site site = new Site("reference", 10, 0);
                Gatehouse gatehouse = new Gatehouse(site, 10, "50ms", UNLIMITED)) {
            Run run = gatehouse.check(site);
            print("reference", site, run);
            double floor = (run.count("requests") - 1) * 0.05;
            System.out.printf("  %.3f of requests x interval%n", run.seconds() / floor);
        }
        try (Site site = new Site("reference", 10, 100);
                Gatehouse gatehouse = new Gatehouse(site, 10, "50ms", UNLIMITED)) {
            print("with a 429 and Retry-After: 2", site, gatehouse.check(site));
        }
    }

    static void compare(String name, int rounds) throws Exception {
        try (Site site = new Site(name, 10, 0)) {
            site.warmUp();
            List<List<Run>> all = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                List<Run> runs = new ArrayList<>();
                try (Gatehouse gatehouse = new Gatehouse(site, 64, "0", UNLIMITED)) {
                    runs.add(gatehouse.check(site));
                    runs.add(gatehouse.check(site).as("gatehouse, again"));
                }
                runs.add(linkinator(site));
                if (WITH_LINKCHECKER) {
                    runs.add(linkChecker(site));
                }
                all.add(runs);
            }
            for (int tool = 0; tool < all.getFirst().size(); tool++) {
                int of = tool;
                List<Run> runs =
                        all.stream()
                                .filter(each -> each.size() > of)
                                .map(each -> each.get(of))
                                .sorted(Comparator.comparingDouble(Run::seconds))
                                .toList();
                print(name, site, runs.get(runs.size() / 2));
            }
        }
    }

    /** Made by src/packaging/TrainAot.java, as in the image: without it classes take 50 MB more. */
    static final Path TRAINED = Path.of("target/gatehouse");

    /** Arguments of a server whose jobs are in PostgreSQL, as those of a worker. */
    static final String DATABASE = System.getenv("DATABASE");

    static final int WORKER_MEBIBYTES =
            Integer.parseInt(System.getenv().getOrDefault("MEBIBYTES", "256"));

    static final int UNLIMITED = 0;

    static void growth() throws Exception {
        System.out.printf(
                "%d MiB by %s, jobs %s, %s AOT cache%n",
                WORKER_MEBIBYTES,
                MemoryLimit.kind(),
                DATABASE == null ? "in memory" : "in PostgreSQL",
                Files.exists(TRAINED) ? "with" : "without");
        for (String urls : List.of("500", "5000", "50000")) {
            try (Site site = new Site(urls, 0, 0);
                    Gatehouse gatehouse = new Gatehouse(site, 64, "0", WORKER_MEBIBYTES)) {
                Run run = gatehouse.check(site);
                print(urls + " URLs", site, run);
                System.out.printf(
                        "  %.3f ms for each URL%n", 1000 * run.seconds() / run.count("urls"));
            }
        }
        try (Site site = new Site("12820", 0, 0);
                Gatehouse gatehouse = new Gatehouse(site, 64, "0", WORKER_MEBIBYTES)) {
            print("10,000 pages", site, gatehouse.check(site));
        }
    }

    static void print(String name, Site site, Run run) {
        Set<String> missed = new TreeSet<>(site.truth);
        missed.removeAll(run.found());
        Set<String> wrong = new TreeSet<>(run.found());
        wrong.removeAll(site.truth);
        long own = run.count("requests") - run.count("others");
        System.out.printf(
                "%-10s %-17s %6.2f s  %d of %d, %d false  %5d requests, %.3f a URL, %d others  "
                        + "%d at once, %d early  %d MB (%d anonymous)%n",
                name,
                run.tool(),
                run.seconds(),
                site.truth.size() - missed.size(),
                site.truth.size(),
                wrong.size(),
                run.count("requests"),
                own / (double) site.urls,
                run.count("others"),
                run.count("at-once"),
                run.count("early"),
                run.peakMegabytes(),
                run.anonymousMegabytes());
        missed.stream().limit(3).forEach(link -> System.out.println("  missed " + link));
        wrong.stream().limit(3).forEach(link -> System.out.println("  false  " + link));
    }

    /** A site in a process of its own. */
    static class Site implements AutoCloseable {

        final Process process;
        final int port;
        final int urls;
        final int pages;
        final Set<String> truth;

        Site(String name, int latency, int throttledAt) throws Exception {
            process =
                    new ProcessBuilder(
                                    JAVA.toString(),
                                    "-cp",
                                    System.getenv()
                                            .getOrDefault("TEST_CLASSES", "target/test-classes"),
                                    "dev.gatehouse.testing.LinkFixtureServer",
                                    name,
                                    String.valueOf(latency),
                                    String.valueOf(throttledAt))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            port = Integer.parseInt(process.inputReader().readLine());
            List<String> lines = get("/bench/truth").lines().toList();
            urls = Integer.parseInt(lines.getFirst().split(" ")[0]);
            pages = Integer.parseInt(lines.getFirst().split(" ")[1]);
            truth = Set.copyOf(lines.subList(1, lines.size()));
        }

        String url() {
            return "http://127.0.0.1:" + port + "/";
        }

        String get(String path) throws Exception {
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(
                                HttpRequest.newBuilder(
                                                URI.create("http://127.0.0.1:" + port + path))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
            }
        }

        /** Its first client should not pay for its compiler. */
        void warmUp() {
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (int round = 0; round < 20; round++) {
                    IntStream.rangeClosed(1, 250)
                            .mapToObj(i -> URI.create(url() + "page-" + i + ".html"))
                            .map(
                                    page ->
                                            client.sendAsync(
                                                    HttpRequest.newBuilder(page).build(),
                                                    BodyHandlers.discarding()))
                            .toList()
                            .forEach(CompletableFuture::join);
                }
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    /** Gatehouse as it is delivered, in a process of its own. */
    static class Gatehouse implements AutoCloseable {

        final Process process;
        final HttpClient client;
        final String api;

        Gatehouse(Site site, int connections, String interval, int mebibytes) throws Exception {
            int https = freePort();
            boolean trained = Files.exists(TRAINED) && System.getenv("BENCH_CLASS_PATH") == null;
            List<String> command = new ArrayList<>(List.of(JAVA.toString()));
            command.add(trained ? "@jvm.options" : "@src/packaging/jvm.options");
            String classPath = System.getenv("BENCH_CLASS_PATH");
            if (classPath != null) {
                command.addAll(List.of("-cp", classPath, "dev.gatehouse.GatehouseApplication"));
            } else {
                command.addAll(
                        List.of("-jar", trained ? "gatehouse.jar" : System.getenv("BENCH_JAR")));
            }
            command.addAll(
                    List.of(
                            "--server.port=" + https,
                            "--gatehouse.http.port=" + freePort(),
                            "--spring.ssl.bundle.pem.site.keystore.certificate="
                                    + System.getenv("TLS")
                                    + "/tls.crt",
                            "--spring.ssl.bundle.pem.site.keystore.private-key="
                                    + System.getenv("TLS")
                                    + "/tls.key",
                            "--gatehouse.outbound.allowed-networks=127.0.0.0/8",
                            "--gatehouse.outbound.allowed-ports=" + site.port,
                            "--gatehouse.dead-links.host-connections=" + connections,
                            "--gatehouse.dead-links.host-interval=" + interval,
                            "--gatehouse.dead-links.max-pages=100000",
                            "--gatehouse.dead-links.max-links=200000",
                            "--gatehouse.dead-links.deadline=30m"));
            if (DATABASE != null) {
                command.addAll(List.of(DATABASE.split(" ")));
            }
            if (mebibytes != UNLIMITED) {
                dropFromPageCache();
                command = MemoryLimit.on(mebibytes, command);
            }
            process =
                    new ProcessBuilder(command)
                            .directory((trained ? TRAINED : Path.of(".")).toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(work.resolve("gatehouse.log").toFile())
                            .start();
            SSLContext trusting = SSLContext.getInstance("TLS");
            trusting.init(null, new TrustManager[] {new TrustAll()}, null);
            client = HttpClient.newBuilder().sslContext(trusting).build();
            api = "https://127.0.0.1:" + https;
            while (!answers()) {
                if (!process.isAlive()) {
                    throw new IOException(Files.readString(work.resolve("gatehouse.log")));
                }
                Thread.sleep(100);
            }
        }

        /** The server's files are read again, and count as memory of its cgroup. */
        static void dropFromPageCache() throws IOException, InterruptedException {
            if (Files.exists(TRAINED)) {
                try (Stream<Path> files = Files.walk(TRAINED)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0")
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor();
                    }
                }
            }
        }

        boolean answers() throws InterruptedException {
            try {
                return send(HttpRequest.newBuilder(URI.create(api + "/ping"))).contains("");
            } catch (IOException ex) {
                return false;
            }
        }

        String send(HttpRequest.Builder request) throws IOException, InterruptedException {
            return client.send(request.build(), BodyHandlers.ofString()).body();
        }

        String submit(Site site) throws IOException, InterruptedException {
            return send(
                    HttpRequest.newBuilder(URI.create(api + "/api/v1/dead-links/checks"))
                            .header("Content-Type", "application/json")
                            .header("Prefer", "wait=30")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"url\":\"%s\",\"maxPages\":%d}"
                                                    .formatted(site.url(), site.pages))));
        }

        Run check(Site site) throws Exception {
            site.get("/bench/reset");
            long start = System.nanoTime();
            String job = submit(site);
            while (value(job, "self").isEmpty()) { // the database is not connected yet
                if (!value(job, "code").equals("unavailable")) {
                    throw new IOException(job);
                }
                Thread.sleep(100);
                start = System.nanoTime();
                job = submit(site);
            }
            String self = value(job, "self");
            long anonymous = 0;
            while (!value(job, "state").matches("DONE|PARTIAL|FAILED|CANCELLED")) {
                Thread.sleep(20);
                anonymous = Math.max(anonymous, anonymous(process.pid()));
                job = send(HttpRequest.newBuilder(URI.create(api + self)));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (!value(job, "state").equals("DONE")) {
                System.out.println(
                        "  "
                                + value(job, "state")
                                + " "
                                + job.substring(0, Math.min(600, job.length())));
            }
            String counts = site.get("/bench/counts");
            Set<String> found = new HashSet<>();
            for (String verdict : List.of("broken", "bad-fragment", "soft-404")) {
                String path = self + "/links?limit=1000&verdict=" + verdict;
                while (!path.isEmpty()) {
                    String rows = send(HttpRequest.newBuilder(URI.create(api + path)));
                    Matcher urls =
                            Pattern.compile("\"url\":\"" + Pattern.quote(site.url()) + "([^\"]*)\"")
                                    .matcher(rows);
                    while (urls.find()) {
                        found.add("/" + urls.group(1));
                    }
                    path = value(rows, "next");
                }
            }
            anonymous = Math.max(anonymous, anonymous(process.pid()));
            return new Run("gatehouse", seconds, found, counts, peak(process.pid()), anonymous);
        }

        static String value(String json, String name) {
            Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
            return matcher.find() ? matcher.group(1) : "";
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
            client.close();
        }
    }

    static class TrustAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] c, String a, java.net.Socket s) {}

        @Override
        public void checkServerTrusted(X509Certificate[] c, String a, java.net.Socket s) {}

        @Override
        public void checkClientTrusted(X509Certificate[] c, String a, javax.net.ssl.SSLEngine e) {}

        @Override
        public void checkServerTrusted(X509Certificate[] c, String a, javax.net.ssl.SSLEngine e) {}

        @Override
        public void checkClientTrusted(X509Certificate[] c, String a) {}

        @Override
        public void checkServerTrusted(X509Certificate[] c, String a) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The most that was resident at once, pages of files included. */
    static long peak(long pid) {
        return status(pid, "VmHWM");
    }

    /** Memory that the kernel cannot drop. */
    static long anonymous(long pid) {
        return status(pid, "RssAnon");
    }

    static long status(long pid, String name) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException ex) {
            return 0; // it has ended
        }
    }

    static Run linkinator(Site site) throws Exception {
        List<String> command =
                List.of(
                        System.getenv("NODE"),
                        System.getenv("LINKINATOR"),
                        site.url(),
                        "--recurse",
                        "--check-fragments",
                        "--concurrency",
                        "64",
                        "--format",
                        "csv");
        return run("linkinator", site, command, LinkChecks::linkinatorFound);
    }

    static Set<String> linkinatorFound(Site site, List<String> lines) {
        Set<String> found = new HashSet<>();
        for (String line : lines) {
            String[] fields = line.split(",");
            if (fields.length > 2
                    && fields[2].equals("BROKEN")
                    && fields[0].startsWith(site.url())) {
                found.add("/" + fields[0].substring(site.url().length()));
            }
        }
        return found;
    }

    static Run linkChecker(Site site) throws Exception {
        Path settings = work.resolve("linkcheckerrc");
        Files.writeString(
                settings,
                """
                [checking]
                threads=64
                maxrequestspersecond=1000
                [AnchorCheck]
                """);
        List<String> command =
                List.of(
                        "linkchecker",
                        "-f",
                        settings.toString(),
                        "-o",
                        "csv",
                        "--no-status",
                        site.url());
        return run("linkchecker", site, command, LinkChecks::linkCheckerFound);
    }

    /** Errors, and warnings of anchors: the seventh column says which, the eighth has the URL. */
    static Set<String> linkCheckerFound(Site site, List<String> lines) {
        Set<String> found = new HashSet<>();
        for (String line : lines) {
            String[] fields = line.split(";", -1);
            if (fields.length > 8 && fields[7].startsWith(site.url())) {
                String path = "/" + fields[7].substring(site.url().length());
                if (fields[6].equals("False")) {
                    found.add(path.split("#", 2)[0]);
                } else if (fields[4].startsWith("Anchor")) {
                    found.add(path);
                }
            }
        }
        return found;
    }

    interface Findings {

        Set<String> in(Site site, List<String> lines);
    }

    static final Duration LONGEST = Duration.ofMinutes(10);

    static final Duration TIME_TO_END = Duration.ofSeconds(10);

    static Run run(String tool, Site site, List<String> command, Findings findings)
            throws Exception {
        site.get("/bench/reset");
        Path out = work.resolve(tool + ".out");
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(work.resolve(tool + ".err").toFile())
                        .start();
        long peak = 0;
        long anonymous = 0;
        boolean over = false;
        while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peak(process.pid()));
            anonymous = Math.max(anonymous, anonymous(process.pid()));
            if (!over && System.nanoTime() - start > LONGEST.toNanos()) {
                over = true;
                interrupt(process);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
        if (over) {
            System.out.printf(
                    "%s was ended after %d s; what it reported until then:%n",
                    tool, LONGEST.toSeconds());
        }
        return new Run(
                tool,
                seconds,
                findings.in(site, lines),
                site.get("/bench/counts"),
                peak,
                anonymous);
    }

    /** As Ctrl+C, so that it writes what it has; then the hard way. */
    static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
        if (!process.waitFor(TIME_TO_END.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
