package dev.gatehouse.site;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.apache.tomcat.util.http.parser.AcceptEncoding;

/** The compressions that files are kept in, the one that we like best first. */
enum ContentCoding {
    BROTLI("br", false),
    GZIP("gzip", true);

    private static final String ANY = "*";

    private final String token;
    private final boolean isKnownToAll;

    ContentCoding(String token, boolean isKnownToAll) {
        this.token = token;
        this.isKnownToAll = isKnownToAll;
    }

    /** As it stands in {@code Content-Encoding}. */
    String token() {
        return token;
    }

    /**
     * How much a client that sent this {@code Accept-Encoding} likes it (RFC 9110, 12.5.3), from 0,
     * not at all, to 1. Brotli has to be named: not all that say {@code *} know it.
     */
    double qualityIn(String header) {
        return header.indexOf(';') < 0 ? isNamedIn(header) ? 1 : 0 : parsedQuality(header);
    }

    /** Without qualities, as every browser sends it, in no more than a search. */
    private boolean isNamedIn(String header) {
        int start = header.indexOf(token);
        if (start < 0) {
            return isKnownToAll && header.contains(ANY);
        }
        int end = start + token.length();
        return (start == 0 || isBetween(header.charAt(start - 1)))
                && (end == header.length() || isBetween(header.charAt(end)));
    }

    private static boolean isBetween(char c) {
        return c == ',' || c == ' ' || c == '\t';
    }

    private double parsedQuality(String header) {
        List<AcceptEncoding> accepted;
        try {
            accepted = AcceptEncoding.parse(new StringReader(header));
        } catch (IOException _) {
            return 0; // a string does not fail to be read
        }
        double any = 0;
        for (AcceptEncoding coding : accepted) {
            if (coding.getEncoding().equalsIgnoreCase(token)) {
                return coding.getQuality();
            }
            if (isKnownToAll && coding.getEncoding().equals(ANY)) {
                any = coding.getQuality();
            }
        }
        return any;
    }
}
