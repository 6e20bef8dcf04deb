package load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A server that is measured, and the command that starts it. */
public enum Peer {
    GATEHOUSE("gatehouse") {
        @Override
        List<String> command(Ports ports, Setting setting) {
            return trained(ports, setting);
        }

        @Override
        Path folder(Setting setting) {
            return setting.work().resolveSibling("gatehouse");
        }

        @Override
        int mebibytes() {
            return Integer.parseInt(System.getenv().getOrDefault("MEBIBYTES", "256"));
        }
    },
    GATEHOUSE_LARGE("gatehouse, 768 MiB") {
        @Override
        List<String> command(Ports ports, Setting setting) {
            return trained(ports, setting);
        }

        @Override
        Path folder(Setting setting) {
            return GATEHOUSE.folder(setting);
        }

        @Override
        int mebibytes() {
            return 768;
        }
    },
    GATEHOUSE_JAR("gatehouse, plain java -jar") {
        @Override
        List<String> command(Ports ports, Setting setting) {
            Path jar = setting.work().resolveSibling("gatehouse.jar");
            return words(java() + " -jar " + jar + gatehouse(ports, setting));
        }
    },
    NGINX("nginx") {
        @Override
        List<String> command(Ports ports, Setting setting) throws IOException {
            return words("nginx -c " + configured("nginx.conf", ports, setting));
        }
    },
    CADDY("Caddy") {
        @Override
        List<String> command(Ports ports, Setting setting) throws IOException {
            return words(
                    "caddy run --adapter caddyfile --config "
                            + configured("Caddyfile", ports, setting));
        }
    },
    HAPROXY("HAProxy") {
        @Override
        List<String> command(Ports ports, Setting setting) throws IOException {
            return words("haproxy -db -f " + configured("haproxy.cfg", ports, setting));
        }
    },
    STOCK("stock Spring Boot") {
        @Override
        List<String> command(Ports ports, Setting setting) {
            return words(
                    java()
                            + " -jar "
                            + Path.of("bench/stock/target/stock.jar").toAbsolutePath()
                            + " --spring.main.banner-mode=off --server.address=127.0.0.1"
                            + " --server.http2.enabled=true --server.ssl.bundle=site"
                            + " --server.tomcat.max-keep-alive-requests=-1"
                            + " --server.tomcat.keep-alive-timeout=10m"
                            + " --plain.port="
                            + ports.http()
                            + spring(ports, setting));
        }
    },
    BARE_TOMCAT("bare Tomcat, one valve") {
        @Override
        List<String> command(Ports ports, Setting setting) {
            Path gatehouse = setting.work().resolveSibling("gatehouse");
            return words(
                    java()
                            + " -Xmx100m -XX:+UseSerialGC -cp "
                            + gatehouse.resolve("lib")
                            + "/* "
                            + Path.of("bench/floor/BareTomcat.java").toAbsolutePath()
                            + " %d %d %s".formatted(ports.http(), ports.https(), setting.work()));
        }
    };

    private final String label;

    Peer(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    abstract List<String> command(Ports ports, Setting setting) throws IOException;

    Path folder(Setting setting) {
        return setting.work();
    }

    /** What it has to do with; 0 where it may take all. */
    int mebibytes() {
        return 0;
    }

    static List<String> trained(Ports ports, Setting setting) {
        return words(
                java()
                        + " @jvm.options "
                        + extra()
                        + " -jar gatehouse.jar"
                        + gatehouse(ports, setting));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Further flags for Gatehouse's JVM, such as a flight recording. */
    static String extra() {
        return System.getenv().getOrDefault("BENCH_JVM", "");
    }

    static String gatehouse(Ports ports, Setting setting) {
        return " --spring.main.banner-mode=off --gatehouse.access-log.enabled=false"
                + " --server.tomcat.keep-alive-timeout=10m"
                + " --server.address=127.0.0.1 --gatehouse.http.port="
                + ports.http()
                + " --gatehouse.site.root=file:"
                + setting.work().resolve("site")
                + " "
                + System.getenv().getOrDefault("BENCH_ARGUMENTS", "")
                + spring(ports, setting);
    }

    static String spring(Ports ports, Setting setting) {
        String store = " --spring.ssl.bundle.pem.site.keystore.";
        return " --server.port="
                + ports.https()
                + (store + "certificate=" + setting.work().resolve("tls.crt"))
                + (store + "private-key=" + setting.work().resolve("tls.key"));
    }

    static Path configured(String template, Ports ports, Setting setting) throws IOException {
        String text =
                Files.readString(Path.of("bench/peers", template))
                        .replace("${HTTP}", "" + ports.http())
                        .replace("${HTTPS}", "" + ports.https())
                        .replace("${WORK}", setting.work().toString())
                        .replace("${USER}", System.getProperty("user.name"));
        return Files.writeString(setting.work().resolve(template), text);
    }

    static List<String> words(String command) {
        return new ArrayList<>(Arrays.asList(command.strip().split(" +")));
    }
}
