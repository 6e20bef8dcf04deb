package dev.gatehouse.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway's secrets. What is given is compared with each of them, in a time that depends on the
 * length of what is given alone ({@link MessageDigest#isEqual}): it tells nothing of a secret, its
 * length included.
 */
public final class GatewaySecrets {

    private static final Logger logger = LoggerFactory.getLogger(GatewaySecrets.class);

    private final String gateway;
    private final List<byte[]> configured;
    private final List<SecretFile> files;
    private volatile List<byte[]> all;

    /**
     * Reads the files, which stops the start where one of them holds no secret.
     *
     * @param configured the secrets in the configuration, which come first
     */
    GatewaySecrets(String gateway, List<String> configured, List<SecretFile> files) {
        this.gateway = gateway;
        this.configured = configured.stream().map(GatewaySecrets::bytes).toList();
        this.files = files;
        this.all = withConfigured(files.stream().map(file -> bytes(file.readAtStart())).toList());
    }

    private List<byte[]> withConfigured(List<byte[]> fromFiles) {
        List<byte[]> together = new ArrayList<>(configured);
        together.addAll(fromFiles);
        return List.copyOf(together);
    }

    /** Which of the secrets that is, from 0, or -1 if none. */
    int indexOf(String given) {
        byte[] bytes = bytes(given);
        List<byte[]> current = all;
        int found = -1;
        for (int i = 0; i < current.size(); i++) {
            found = MessageDigest.isEqual(bytes, current.get(i)) ? i : found;
        }
        return found;
    }

    /** Reads the files again. What cannot be read, or is no secret, leaves the last good one. */
    void refresh() {
        List<byte[]> next = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            next.add(refreshed(files.get(i), all.get(configured.size() + i)));
        }
        all = withConfigured(next);
    }

    private byte[] refreshed(SecretFile file, byte[] last) {
        return switch (file.read()) {
            case SecretFile.Secret(String secret) -> {
                byte[] bytes = bytes(secret);
                if (!MessageDigest.isEqual(bytes, last)) {
                    logger.info("Gateway {}: took the new secret from {}", gateway, file.path());
                }
                yield bytes;
            }
            case SecretFile.Unusable(String problem, boolean isNews) -> {
                if (isNews) {
                    logger.warn(
                            "Gateway {}: {} {}; the last secret read from it stays valid",
                            gateway,
                            file.path(),
                            problem);
                }
                yield last;
            }
        };
    }

    private static byte[] bytes(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8);
    }
}
