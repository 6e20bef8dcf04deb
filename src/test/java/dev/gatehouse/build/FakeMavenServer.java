package dev.gatehouse.build;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Serves a tiny Maven distribution on the loopback, as the archive serves the real one. */
final class FakeMavenServer implements AutoCloseable {

    private static final String NAME = "apache-maven-3.9.99";

    private final HttpServer server;
    private final byte[] zip;

    FakeMavenServer(Path folder) throws IOException {
        zip = distribution(folder.resolve("distribution.zip"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/" + NAME + "-bin.zip",
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(200, zip.length);
                        exchange.getResponseBody().write(zip);
                    }
                });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:%d/%s-bin.zip".formatted(server.getAddress().getPort(), NAME);
    }

    String sha256() throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static byte[] distribution(Path file) throws IOException {
        URI uri = URI.create("jar:" + file.toUri());
        Map<String, ?> settings = Map.of("create", true, "enablePosixFileAttributes", true);
        try (FileSystem zip = FileSystems.newFileSystem(uri, settings)) {
            Path bin = Files.createDirectories(zip.getPath(NAME, "bin"));
            Path mvn = Files.writeString(bin.resolve("mvn"), FakeMachine.MAVEN);
            Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return Files.readAllBytes(file);
    }
}
