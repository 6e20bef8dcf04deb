package dev.gatehouse.redirect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A request that carries an API gateway's secret, once and exactly. Digests are compared, each with
 * each, so that the time taken tells nothing of a secret, its length included.
 */
class GatewayExemption implements Exemption {

    private final String header;
    private final List<byte[]> digests;

    GatewayExemption(String header, List<String> secrets) {
        this.header = header;
        this.digests = secrets.stream().map(GatewayExemption::digest).toList();
    }

    @Override
    public Reason reason() {
        return Reason.GATEWAY;
    }

    @Override
    public boolean isExempt(RedirectRequest request) {
        List<String> values = request.headers().values(header);
        return values.size() == 1 && isSecret(values.getFirst());
    }

    private boolean isSecret(String value) {
        byte[] given = digest(value);
        boolean matches = false;
        for (byte[] digest : digests) {
            matches |= MessageDigest.isEqual(digest, given);
        }
        return matches;
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
