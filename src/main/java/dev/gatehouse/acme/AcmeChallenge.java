package dev.gatehouse.acme;

import java.util.regex.Pattern;

/** The paths of ACME's HTTP-01 challenges (RFC 8555, 8.3). */
public final class AcmeChallenge {

    /** The folder that challenges are asked for in, under the webroot too. */
    public static final String FOLDER = "/.well-known/acme-challenge/";

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+");

    private AcmeChallenge() {}

    /**
     * Whether the path, as it came, is a challenge's: a token in base64url's alphabet and nothing
     * after it, so that no other file can be meant.
     */
    public static boolean isChallenge(String path) {
        return path.startsWith(FOLDER)
                && TOKEN.matcher(path).region(FOLDER.length(), path.length()).matches();
    }
}
