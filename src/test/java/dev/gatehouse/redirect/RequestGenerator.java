package dev.gatehouse.redirect;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes requests that are half right and half malicious, the same ones for the same seed. */
final class RequestGenerator {

    private static final List<String> METHODS =
            List.of(
                    "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH",
                    "BREW");
    private static final List<String> HOSTS =
            List.of(
                    "www.example.com",
                    "WWW.example.com.",
                    "a.shop.example",
                    "shop.example",
                    "localhost",
                    "127.0.0.1",
                    "127.9.9.9",
                    "[::1]",
                    "[::ffff:127.0.0.1]",
                    "evil.example",
                    "www.example.com.evil.example",
                    "localhost.evil.example",
                    "10.1.2.3",
                    "0x7f.1",
                    "2130706433",
                    "xn--e28h.example",
                    "-a",
                    "");
    private static final List<String> PORTS = List.of("", "", "", ":", ":80", ":65535", ":65536");
    private static final List<String> PIECES =
            List.of(
                    "ping",
                    "hooks",
                    "index.html",
                    "..",
                    ".",
                    "%2e%2e",
                    "..;",
                    ";x=y",
                    "%2f",
                    "%5c",
                    "%70ing",
                    "",
                    "evil.example",
                    "@evil.example",
                    ".well-known",
                    "acme-challenge",
                    "actuator",
                    "health",
                    "%0d%0aLocation:%20x",
                    "%C3%A9",
                    "%zz",
                    "a+b",
                    "a[1]",
                    "{a}|`b^",
                    "\"<c>");
    private static final List<String> QUERIES =
            List.of(
                    "",
                    "",
                    "?",
                    "?a=b",
                    "?u=//evil.example",
                    "?%0d%0a",
                    "?a?b",
                    "?f[]={a|b}^\"<`>",
                    "?\\\\evil");
    private static final List<String> HEADERS =
            List.of(
                    "X-Forwarded-For: 127.0.0.1",
                    "X-Forwarded-For: 198.51.100.1",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: evil.example",
                    "X-Forwarded-Prefix: /evil",
                    "Forwarded: for=127.0.0.1;proto=https;host=evil.example",
                    "X-Real-IP: 127.0.0.1",
                    "Via: 1.1 evil",
                    "X-Original-URL: /ping",
                    "X-Rewrite-URL: /ping",
                    "X-HTTP-Method-Override: DELETE",
                    "User-Agent: kube-probe/1.34",
                    "X-Proxy-Secret: wrong",
                    "X-Proxy-Secret: " + TestPolicy.SECRET,
                    "X-Proxy-Secret: " + TestPolicy.SECRET + "," + TestPolicy.SECRET,
                    "Accept: text/html",
                    "Origin: https://evil.example");

    private final Random random;

    RequestGenerator(long seed) {
        this.random = new Random(seed);
    }

    /** What was made, as the justification of an exemption needs it. */
    record Generated(String method, String host, String target, List<String> headers) {

        String raw() {
            StringBuilder raw = new StringBuilder();
            raw.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
            raw.append("Host: ").append(host).append("\r\n");
            headers.forEach(header -> raw.append(header).append("\r\n"));
            boolean hasBody = method.startsWith("P");
            return raw.append(hasBody ? "Content-Length: 0\r\n\r\n" : "\r\n").toString();
        }
    }

    Generated next() {
        return new Generated(any(METHODS), any(HOSTS) + any(PORTS), target(), headers());
    }

    private String target() {
        StringBuilder target = new StringBuilder();
        int pieces = random.nextInt(5);
        for (int i = 0; i < pieces; i++) {
            target.append('/').append(any(PIECES));
        }
        target.append(target.isEmpty() || random.nextInt(4) == 0 ? "/" : "");
        String absolute = random.nextInt(20) == 0 ? "http://" + any(HOSTS) : "";
        return absolute + target + any(QUERIES);
    }

    private List<String> headers() {
        List<String> headers = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            headers.add(any(HEADERS));
        }
        return headers;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
