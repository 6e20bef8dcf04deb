package dev.gatehouse.tools.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testing.FreePort;
import dev.gatehouse.testing.TestCertificate;
import dev.gatehouse.tools.outbound.LoopbackOutboundClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers: nginx and Caddy, as Debian has them, configured as many are. */
class RealServersTests {

    private static final String ADDRESS = "127.0.0.41";
    private static final TestCertificate CERTIFICATE =
            TestCertificate.forNames(SiteFixture.HOST, "www." + SiteFixture.HOST);

    @TempDir private Path folder;

    @Test
    void nginxWhenOldAndOpenHasTheFaultsOfBoth() throws IOException, InterruptedException {
        int http = FreePort.next();
        int https = FreePort.next();
        CERTIFICATE.writeTo(folder);
        Files.writeString(
                folder.resolve("nginx.conf"),
                """
                daemon off; master_process off; pid nginx.pid; error_log stderr;
                events {}
                http {
                  access_log off; client_body_temp_path b; proxy_temp_path p;
                  fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
                  server { listen %1$s:%2$d; return 301 https://$host$request_uri; }
                  server {
                    listen %1$s:%3$d ssl; ssl_certificate tls.crt; ssl_certificate_key tls.key;
                    ssl_protocols TLSv1 TLSv1.1 TLSv1.2;
                    ssl_ciphers ALL:eNULL:@SECLEVEL=0;
                    location / { return 200 "hello"; }
                  }
                }
                """
                        .formatted(ADDRESS, http, https));

        List<String> faults =
                check(http, https, "nginx", "-p", folder.toString(), "-c", "nginx.conf");

        assertThat(faults)
                .contains(
                        "open-redirect-host",
                        "redirect-method-lost",
                        "TLS1",
                        "TLS1_3",
                        "cipherlist_NULL",
                        "hsts-not-implemented",
                        "csp-not-implemented")
                .doesNotContain("redirection-missing", "cert_trust", "redirect-path-lost");
    }

    @Test
    void caddyWhenAsItComesIsModernButHasNoHeaders() throws IOException, InterruptedException {
        int http = FreePort.next();
        int https = FreePort.next();
        CERTIFICATE.writeTo(folder);
        Files.writeString(
                folder.resolve("Caddyfile"),
                """
                {
                  admin off
                  auto_https off
                  storage file_system %4$s
                }
                http://:%2$d {
                  bind %1$s
                  redir https://{host}{uri} 308
                }
                https://:%3$d {
                  bind %1$s
                  tls %4$s/tls.crt %4$s/tls.key
                  respond "hello"
                }
                """
                        .formatted(ADDRESS, http, https, folder));

        List<String> faults =
                check(
                        http,
                        https,
                        "caddy",
                        "run",
                        "--config",
                        folder.resolve("Caddyfile").toString(),
                        "--adapter",
                        "caddyfile");

        assertThat(faults)
                .contains("open-redirect-host", "hsts-not-implemented", "csp-not-implemented")
                .doesNotContain(
                        "TLS1", "TLS1_3", "cipherlist_LOW", "redirect-method-lost", "cert_trust");
    }

    private List<String> check(int http, int https, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("HOME", folder.toString());
        Process server = start(builder);
        try {
            await().until(() -> listens(http) && listens(https));
            return FindingTests.faultsOf(
                    SiteFixture.check(
                            LoopbackOutboundClient.to(
                                    Map.of(SiteFixture.HOST, List.of(ADDRESS)),
                                    Map.of(ADDRESS + ":80", http, ADDRESS + ":443", https),
                                    List.of(CERTIFICATE.certificate())),
                            SiteFixture.HOST));
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    /** A missing server skips the test, but fails it in CI. */
    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException ex) {
            Assumptions.assumeFalse(System.getenv("CI") == null, ex.getMessage());
            throw new AssertionError(ex);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), port), 1000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
