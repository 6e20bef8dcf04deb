package dev.gatehouse.tools.screenshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every way out of a page that is known, tried towards canaries: another port, another address of
 * loopback, IPv6, UDP. Each is first seen to arrive with the guard off, so that the test fails
 * where a way is none.
 */
class NetworkIsolationTests {

    /**
     * Routes that work in a frame. CANARY is host and port, NAME a host that resolves to loopback,
     * and the path names the route.
     */
    private static final Map<String, String> ROUTES =
            Map.ofEntries(
                    route("fetch", "<script>fetch('http://CANARY/')</script>"),
                    route(
                            "xhr",
                            script("x=new XMLHttpRequest;x.open('GET','http://CANARY/');x.send()")),
                    route("img", "<img src=http://CANARY/>"),
                    route("srcset", "<img srcset='http://CANARY/ 1x'>"),
                    route("css-import", "<style>@import url(http://CANARY/);</style>"),
                    route("css-url", "<style>body{background:url(http://CANARY/)}</style>"),
                    route("stylesheet", "<link rel=stylesheet href=http://CANARY/>"),
                    route(
                            "font",
                            "<style>@font-face{font-family:f;src:url(http://CANARY/)}p{font-family:f}</style><p>x"),
                    route("script", "<script src=http://CANARY/a.js></script>"),
                    route("module", "<script type=module src=http://CANARY/a.js></script>"),
                    route("iframe", "<iframe src=http://CANARY/></iframe>"),
                    route("iframe-srcdoc", "<iframe srcdoc='<img src=http://CANARY/>'></iframe>"),
                    route(
                            "iframe-data",
                            "<iframe src='data:text/html,<img src=http://CANARY/>'></iframe>"),
                    route(
                            "iframe-sandbox",
                            "<iframe sandbox=allow-scripts srcdoc='<script>fetch(`http://CANARY/`)</script>'></iframe>"),
                    route("object", "<object data=http://CANARY/></object>"),
                    route("embed", "<embed src=http://CANARY/ type=text/html>"),
                    route("video", "<video src=http://CANARY/ preload=auto></video>"),
                    route("audio", "<audio src=http://CANARY/ preload=auto></audio>"),
                    route(
                            "track",
                            "<video src=/v><track default kind=captions src=http://CANARY/></video><script>document.querySelector('video').textTracks[0].mode='showing'</script><video crossorigin poster=http://CANARY/></video>"),
                    route("svg-image", "<svg><image href=http://CANARY/ width=9 height=9></svg>"),
                    route(
                            "meta-refresh",
                            "<meta http-equiv=refresh content='0;url=http://CANARY/'>"),
                    route("location", script("setTimeout(()=>location='http://CANARY/',50)")),
                    route(
                            "form",
                            "<form action=http://CANARY/ method=post></form>"
                                    + script("document.forms[0].submit()")),
                    route("prefetch", "<link rel=prefetch href=http://CANARY/>"),
                    route("preload", "<link rel=preload as=image href=http://CANARY/>"),
                    route("event-source", script("new EventSource('http://CANARY/')")),
                    route("beacon", script("navigator.sendBeacon('http://CANARY/','x')")),
                    route(
                            "keepalive",
                            script("fetch('http://CANARY/',{keepalive:true,mode:'no-cors'})")),
                    route("websocket", script("new WebSocket('ws://CANARY/')")),
                    route(
                            "worker",
                            script(
                                    "new Worker(URL.createObjectURL(new Blob(['fetch(\"http://CANARY/\")'])))")),
                    route(
                            "shared-worker",
                            script(
                                    "new SharedWorker(URL.createObjectURL(new Blob(['fetch(\"http://CANARY/\")'])))")),
                    route("import", script("import('http://CANARY/a.js').catch(()=>0)")),
                    route("redirect", "<img src='/moved'>"),
                    route(
                            "window",
                            script(
                                    "a=document.createElement('a');a.href='http://CANARY/';a.target='_blank';a.click();fetch('http://CANARY/')")),
                    route("name", "<img src=http://NAME/>"),
                    route("decimal", "<img src=http://DECIMAL/>"));

    /** Routes of which only a connection or a datagram can be seen, or that are those of a page. */
    private static final Map<String, String> ALONE =
            Map.of(
                    "meta-refresh-page",
                    "<meta http-equiv=refresh content='0;url=http://CANARY/'>",
                    "location-page",
                    script("setTimeout(()=>location='http://CANARY/',20)"),
                    "form-page",
                    "<form action=http://CANARY/ method=post></form>"
                            + script("document.forms[0].submit()"),
                    "preconnect",
                    "<link rel=preconnect href=http://CANARY/>",
                    "stun",
                    webRtc("stun:CANARY"),
                    "turn",
                    webRtc("turn:CANARY?transport=tcp"));

    /** The headless shell does not connect before it has a request. */
    private static final String NOT_IN_EVERY_BROWSER = "preconnect";

    private static final Map<String, String> HOSTS =
            Map.of("port", "127.0.0.1", "address", "127.0.0.2", "ipv6", "[::1]");

    private static final String WITHOUT_NETWORK_SWITCHES =
            """
            for a; do shift; case "$a" in
            *webrtc*|--dns-prefetch-disable|--disable-features=*|--host-resolver-rules=*);;
            *) set -- "$@" "$a";; esac; done;
            """;

    private static TestSite site;
    private static final Map<String, Canary> canaries = new HashMap<>();

    private static Map.Entry<String, String> route(String name, String html) {
        return Map.entry(name, html);
    }

    private static String script(String code) {
        return "<script>" + code + "</script>";
    }

    private static String webRtc(String server) {
        return script(
                """
                p = new RTCPeerConnection({iceServers: [{urls: '%s', username: 'u', credential: 'c'}]});
                p.createDataChannel('');
                p.createOffer().then(offer => p.setLocalDescription(offer))"""
                        .formatted(server));
    }

    private static final Duration SHORT = Duration.ofMillis(300);

    /** How long the page stays, again and again where a busy machine needs longer. */
    private static final List<Duration> DELAYS =
            List.of(SHORT, Duration.ofSeconds(3), Duration.ofSeconds(10));

    @BeforeAll
    static void start() throws IOException {
        site = new TestSite("127.0.0.1");
        for (Map.Entry<String, String> host : HOSTS.entrySet()) {
            canaries.put(host.getKey(), new Canary(host.getValue().replaceAll("[\\[\\]]", "")));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        site.close();
        for (Canary canary : canaries.values()) {
            canary.close();
        }
    }

    /** With the guard: one address and one port. */
    private static BrowserPool guarded(Path executable) {
        return TestBrowser.pool(
                executable,
                (host, port) -> {
                    if (!host.equals("127.0.0.1") || port != site.port()) {
                        throw new ConnectionOpener.RefusedException("no-public-address");
                    }
                    return new Socket(InetAddress.ofLiteral(host), port);
                },
                1);
    }

    /** Without it, and without the switches that close what goes around the proxy. */
    private static BrowserPool open() {
        return TestBrowser.pool(
                TestBrowser.asOrdinaryUser(TestBrowser.installed(), WITHOUT_NETWORK_SWITCHES),
                (host, port) ->
                        new Socket(
                                host.equals("name.example")
                                        ? "127.0.0.1"
                                        : host.replaceAll("[\\[\\]]", ""),
                                port),
                1);
    }

    private static void shoot(BrowserPool pool, String path) throws Exception {
        shoot(pool, path, SHORT);
    }

    private static void shoot(BrowserPool pool, String path, Duration delay) throws Exception {
        TestBrowser.shoot(
                pool,
                TestOptions.of(
                        site.url(path),
                        o -> {
                            o.delay = delay;
                            o.timeout = Duration.ofMinutes(1);
                            return o;
                        }));
    }

    /** A page for each route, and one with a frame for each of those that work in one. */
    private static String frames(String canary) {
        StringBuilder frames = new StringBuilder();
        String authority = HOSTS.get(canary) + ":" + canary(canary).port();
        site.page("/moved", 302, Map.of("Location", "http://" + authority + "/redirect/"), "");
        ROUTES.forEach(
                (route, html) -> {
                    site.page("/" + canary + "/" + route, html(route, html, authority));
                    frames.append("<iframe src=/%s/%s></iframe>".formatted(canary, route));
                });
        site.page("/" + canary, frames.toString());
        ALONE.forEach(
                (route, html) ->
                        site.page("/" + canary + "/" + route, html(route, html, authority)));
        return "/" + canary;
    }

    private static Canary canary(String name) {
        return Objects.requireNonNull(canaries.get(name));
    }

    private static String html(String route, String html, String authority) {
        String port = authority.substring(authority.lastIndexOf(':'));
        return html.replace("CANARY/", authority + "/" + route + "/")
                .replace("CANARY", authority)
                .replace("NAME/", "name.example" + port + "/" + route + "/")
                .replace("DECIMAL/", "2130706433" + port + "/" + route + "/");
    }

    @Test
    void everyRouteReachesTheCanaryWithoutGuard() throws Exception {
        Canary canary = canary("port");
        String frames = frames("port");
        Set<String> silent = new TreeSet<>();
        try (BrowserPool pool = open()) {
            canary.forget();
            for (Duration delay : DELAYS) {
                shoot(pool, frames, delay);
                silent.clear();
                silent.addAll(ROUTES.keySet());
                silent.removeIf(
                        route ->
                                canary.arrivals().stream()
                                        .anyMatch(line -> line.contains("/" + route + "/")));
                if (silent.isEmpty()) {
                    break;
                }
            }
            for (String route : ALONE.keySet()) {
                if (!arrives(pool, frames + "/" + route, canary)
                        && !route.equals(NOT_IN_EVERY_BROWSER)) {
                    silent.add(route);
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    private static boolean arrives(BrowserPool pool, String path, Canary canary) throws Exception {
        canary.forget();
        for (Duration delay : DELAYS) {
            shoot(pool, path, delay);
            if (!canary.arrivals().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(strings = {"chromium-headless-shell", "chromium"})
    void noRouteReachesACanaryWithGuard(String browser) throws Exception {
        canaries.values().forEach(Canary::forget);
        try (BrowserPool pool = guarded(TestBrowser.executable(browser))) {
            for (String canary : HOSTS.keySet()) {
                String frames = frames(canary);
                shoot(pool, frames);
                for (String route : ALONE.keySet()) {
                    if (canary.equals("port")) {
                        shoot(pool, frames + "/" + route);
                    }
                }
            }
        }
        canaries.forEach((name, canary) -> assertThat(canary.arrivals()).as(name).isEmpty());
    }
}
