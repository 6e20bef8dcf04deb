package dev.gatehouse.site;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.StringReader;
import org.apache.tomcat.util.http.parser.AcceptEncoding;

/** Content codings that we have, and whether a client takes them. */
enum AcceptedEncoding {
    GZIP("gzip");

    private final String token;

    AcceptedEncoding(String token) {
        this.token = token;
    }

    /** By quality (RFC 9110, 12.5.3), {@code *} included. */
    boolean isAcceptedBy(HttpServletRequest request) {
        String header = request.getHeader("Accept-Encoding");
        if (header == null) {
            return false;
        }
        if (header.indexOf(';') < 0) {
            return header.contains(token) || header.contains("*"); // what every browser sends
        }
        return isAcceptedByQuality(header);
    }

    private boolean isAcceptedByQuality(String header) {
        try {
            double any = 0;
            for (AcceptEncoding accepted : AcceptEncoding.parse(new StringReader(header))) {
                if (accepted.getEncoding().equalsIgnoreCase(token)) {
                    return accepted.getQuality() > 0;
                }
                if (accepted.getEncoding().equals("*")) {
                    any = accepted.getQuality();
                }
            }
            return any > 0;
        } catch (IOException _) {
            return false; // a string does not fail to be read
        }
    }
}
