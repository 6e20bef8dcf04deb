package dev.gatehouse.redirect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway's secrets, kept as digests. Digests are compared, each with each, so that the time
 * taken tells nothing of a secret, its length included.
 */
class GatewaySecrets {

    private static final Logger logger = LoggerFactory.getLogger(GatewaySecrets.class);

    private final String gateway;
    private final List<byte[]> configured;
    private final List<SecretFile> files;
    private volatile List<byte[]> digests;

    /**
     * Reads the files, which stops the start where one of them holds no secret.
     *
     * @param configured the secrets in the configuration, which come first
     */
    GatewaySecrets(String gateway, List<String> configured, List<SecretFile> files) {
        this.gateway = gateway;
        this.configured = configured.stream().map(GatewaySecrets::digest).toList();
        this.files = files;
        this.digests =
                withConfigured(files.stream().map(file -> digest(file.readAtStart())).toList());
    }

    private List<byte[]> withConfigured(List<byte[]> fromFiles) {
        List<byte[]> all = new ArrayList<>(configured);
        all.addAll(fromFiles);
        return List.copyOf(all);
    }

    /** Which of the secrets that is, from 0, or -1 if none. */
    int indexOf(String given) {
        byte[] digest = digest(given);
        List<byte[]> current = digests;
        int found = -1;
        for (int i = 0; i < current.size(); i++) {
            found = MessageDigest.isEqual(current.get(i), digest) ? i : found;
        }
        return found;
    }

    /** Reads the files again. What cannot be read, or is no secret, leaves the last good one. */
    void refresh() {
        List<byte[]> next = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            next.add(refreshed(files.get(i), digests.get(configured.size() + i)));
        }
        digests = withConfigured(next);
    }

    private byte[] refreshed(SecretFile file, byte[] last) {
        return switch (file.read()) {
            case SecretFile.Secret(String secret) -> {
                byte[] digest = digest(secret);
                if (!MessageDigest.isEqual(digest, last)) {
                    logger.info("Gateway {}: took the new secret from {}", gateway, file.path());
                }
                yield digest;
            }
            case SecretFile.Unusable(String problem, boolean isNews) -> {
                if (isNews) {
                    logger.warn(
                            "Gateway {}: {} {}; the last secret read from it goes on being good",
                            gateway,
                            file.path(),
                            problem);
                }
                yield last;
            }
        };
    }

    private static byte[] digest(String value) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex); // every Java platform has SHA-256
        }
    }
}
