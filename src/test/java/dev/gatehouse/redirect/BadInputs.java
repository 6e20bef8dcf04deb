package dev.gatehouse.redirect;

import static dev.gatehouse.redirect.BadInput.headers;
import static dev.gatehouse.redirect.BadInput.lines;
import static dev.gatehouse.redirect.BadInput.target;

import java.util.List;
import java.util.stream.Stream;

/**
 * What any client may send to the plain connector of a site whose names are www.example.com and
 * ::1.
 */
final class BadInputs {

    private static final String HOST = "Host: www.example.com";
    private static final String TO_A = "301 `https://www.example.com/a`";
    private static final String KEPT = "308 `https://www.example.com/a`";
    private static final String BAD = "400, closed";
    private static final String UNKNOWN = "421";

    private BadInputs() {}

    static Stream<BadInput> all() {
        return Stream.of(hosts(), targets(), methods(), exemptions(), http1())
                .flatMap(List::stream);
    }

    static List<BadInput> hosts() {
        return List.of(
                headers("`Host: evil.example`", UNKNOWN, "Host: evil.example"),
                headers("`Host: localhost@evil.example`", BAD, "Host: localhost@evil.example"),
                headers("no Host, HTTP/1.1", BAD),
                headers("two Hosts", BAD, HOST, "Host: evil.example"),
                headers("the same Host twice", BAD, HOST, HOST),
                headers("`Host :` with a space", BAD, "Host : www.example.com"),
                headers("empty Host", BAD, "Host:"),
                headers("`Host: www.example.com:99999`", BAD, "Host: www.example.com:99999"),
                headers("Host of 300 characters", BAD, "Host: " + "a".repeat(300)),
                headers("Host in raw UTF-8", BAD, "Host: \u00c3\u00a9.example"),
                headers("`Host: www.example.com/x`", BAD, "Host: www.example.com/x"),
                headers("`Host: 1.2.3`", BAD, "Host: 1.2.3"),
                headers("Host with a raw CR", BAD, "Host: www.example.com\rX: y"),
                headers("`Host: [::1]:8080`", "301 `https://[::1]/a`", "Host: [::1]:8080"),
                headers("`Host: [0:0::1]`", "301 `https://[::1]/a`", "Host: [0:0::1]"),
                headers("`Host: www.example.com.`", TO_A, "Host: www.example.com."),
                headers("`Host: WWW.Example.COM`", TO_A, "Host: WWW.Example.COM"),
                headers("`Host: www.example.com:`", TO_A, "Host: www.example.com:"),
                headers("`Host: www.example.com:81`", TO_A, "Host: www.example.com:81"),
                lines("no Host, HTTP/1.0", "400, closed", "GET /a HTTP/1.0"),
                lines(
                        "target `http://evil.example/a`, our Host",
                        BAD,
                        "GET http://evil.example/a HTTP/1.1",
                        HOST),
                lines(
                        "target `http://evil.example/a`, the same Host",
                        UNKNOWN,
                        "GET http://evil.example/a HTTP/1.1",
                        "Host: evil.example"),
                lines(
                        "target `http://evil.example/a`, HTTP/1.0, no Host",
                        UNKNOWN + ", closed",
                        "GET http://evil.example/a HTTP/1.0"),
                headers(
                        "`X-Forwarded-Host: evil.example`",
                        TO_A,
                        HOST,
                        "X-Forwarded-Host: evil.example"),
                headers(
                        "`Forwarded: host=evil.example`",
                        TO_A,
                        HOST,
                        "Forwarded: host=evil.example"));
    }

    static List<BadInput> targets() {
        return Stream.concat(
                        Stream.of(
                                target("/\\evil.example", BAD),
                                new BadInput(
                                        "target with a raw CR",
                                        "GET /a\rb HTTP/1.1\r\n" + HOST + "\r\n\r\n",
                                        BAD),
                                new BadInput(
                                        "target with a raw LF",
                                        "GET /a\nb HTTP/1.1\r\n" + HOST + "\r\n\r\n",
                                        "closed"),
                                target("/..%2f..%2fetc/passwd", BAD),
                                target("/a%5c..%5cb", BAD),
                                target("/%zz", BAD),
                                target("/a%00b", BAD),
                                target("/../../etc/passwd", BAD)),
                        Stream.of(
                                        "//evil.example",
                                        "/%0d%0aSet-Cookie:%20x?y=%0d%0a",
                                        "/@evil.example",
                                        "/a/",
                                        "/a?",
                                        "/a%2Fb",
                                        "/a;b=c",
                                        "/a+b?c+d",
                                        "/%C3%A9?q=%c3%a9",
                                        "/a?u=https://evil.example/",
                                        "/a[1]|^{}`<\">?f[]={}|\\^`<\">",
                                        "/ping/..;/x",
                                        "/ping;x",
                                        "/%70ing",
                                        "//ping",
                                        "/ping/")
                                .map(t -> target(t, "301 `https://www.example.com" + t + "`")))
                .toList();
    }

    static List<BadInput> methods() {
        return List.of(
                lines("`HEAD`", TO_A, "HEAD /a HTTP/1.1", HOST),
                lines("`POST`", KEPT, "POST /a HTTP/1.1", HOST, "Content-Length: 0"),
                lines("`PUT`", KEPT, "PUT /a HTTP/1.1", HOST, "Content-Length: 0"),
                lines("`DELETE`", KEPT, "DELETE /a HTTP/1.1", HOST),
                lines("`PROPFIND`", KEPT, "PROPFIND /a HTTP/1.1", HOST),
                lines("`get`", KEPT, "get /a HTTP/1.1", HOST),
                lines("`TRACE`", "405", "TRACE /a HTTP/1.1", HOST),
                lines("`OPTIONS *`", "200", "OPTIONS * HTTP/1.1", HOST),
                lines("`CONNECT`", "501, closed", "CONNECT evil.example:443 HTTP/1.1", HOST));
    }

    static List<BadInput> exemptions() {
        return List.of(
                headers("`Host: localhost`", UNKNOWN, "Host: localhost"),
                headers("`Host: 127.0.0.1`", UNKNOWN, "Host: 127.0.0.1"),
                headers("`X-Forwarded-For: 127.0.0.1`", TO_A, HOST, "X-Forwarded-For: 127.0.0.1"),
                headers("`Forwarded: for=127.0.0.1`", TO_A, HOST, "Forwarded: for=127.0.0.1"),
                headers("`X-Real-IP: 10.1.2.3`", TO_A, HOST, "X-Real-IP: 10.1.2.3"),
                headers("`X-Forwarded-Proto: https`", TO_A, HOST, "X-Forwarded-Proto: https"),
                headers(
                        "`User-Agent: kube-probe/1.34`",
                        "403",
                        HOST,
                        "User-Agent: kube-probe/1.34"),
                headers("a wrong gateway secret", TO_A, HOST, secret("wrong-wrong-wrong-wrong")),
                headers("the secret's beginning", TO_A, HOST, secret("0123456789abcdef")),
                headers("the secret and more", TO_A, HOST, secret(TestPolicy.SECRET + "0")),
                headers(
                        "the secret twice",
                        TO_A,
                        HOST,
                        secret(TestPolicy.SECRET),
                        secret(TestPolicy.SECRET)),
                headers(
                        "the secret twice, joined by a comma",
                        TO_A,
                        HOST,
                        secret(TestPolicy.SECRET + "," + TestPolicy.SECRET)),
                target("/.well-known/acme-challenge/", "404"),
                target("/.well-known/acme-challenge/../x", "404"),
                target("/.well-known/acme-challenge/%2e%2e/x", "404"),
                target("/.well-known/acme-challenge/none", "404"),
                target("/actuator/env", "301 `https://www.example.com/actuator/env`"));
    }

    private static String secret(String value) {
        return "X-Proxy-Secret: " + value;
    }

    static List<BadInput> http1() {
        return List.of(
                lines(
                        "Content-Length with Transfer-Encoding",
                        BAD,
                        "POST /a HTTP/1.1",
                        HOST,
                        "Content-Length: 5",
                        "Transfer-Encoding: chunked"),
                lines(
                        "Transfer-Encoding with Content-Length",
                        BAD,
                        "POST /a HTTP/1.1",
                        "Transfer-Encoding: chunked",
                        HOST,
                        "CONTENT-LENGTH: 5"),
                lines(
                        "Transfer-Encoding alone",
                        KEPT + ", closed",
                        "POST /a HTTP/1.1",
                        HOST,
                        "Transfer-Encoding: chunked",
                        "X: Content-Length: 5"),
                lines(
                        "two Content-Lengths",
                        BAD,
                        "POST /a HTTP/1.1",
                        HOST,
                        "Content-Length: 5",
                        "Content-Length: 6"),
                lines(
                        "`Transfer-Encoding: chunked,`",
                        BAD,
                        "POST /a HTTP/1.1",
                        HOST,
                        "Transfer-Encoding: chunked,"),
                lines(
                        "`Transfer-Encoding: ,chunked`",
                        BAD,
                        "POST /a HTTP/1.1",
                        HOST,
                        "Transfer-Encoding: ,chunked"),
                lines("a tab in the request line", BAD, "GET\t/a HTTP/1.1", HOST),
                lines("two spaces in the request line", BAD, "GET /a  HTTP/1.1", HOST),
                lines("`HTTP/ 1.1`", BAD, "GET /a HTTP/ 1.1", HOST),
                lines(
                        "Transfer-Encoding on HTTP/1.0",
                        BAD,
                        "POST /a HTTP/1.0",
                        HOST,
                        "Transfer-Encoding: chunked"),
                lines("a method that is no token", BAD, "G@T /a HTTP/1.1", HOST),
                new BadInput("HTTP/0.9", "GET /a\r\n\r\n", "closed"),
                lines("HTTP/3.7", "505", "GET /a HTTP/3.7", HOST),
                headers("2,000 headers", BAD, many(2000)),
                headers("a header of 16 KB", BAD, HOST, "X-Long: " + "a".repeat(16_384)),
                new BadInput("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "closed"));
    }

    private static String[] many(int count) {
        return Stream.concat(
                        Stream.of(HOST),
                        Stream.iterate(1, i -> i + 1).limit(count).map(i -> "X: " + i))
                .toArray(String[]::new);
    }
}
