package dev.gatehouse.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.redirect.RequestGenerator.Generated;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The rules that hold whatever comes in from a loopback peer, written down apart from the code that
 * keeps them.
 */
final class Invariants {

    private static final Pattern OUR_HOST =
            Pattern.compile("https://(www\\.example\\.com|[a-z0-9-]+\\.shop\\.example)(/.*)?");
    private static final Pattern LOOPBACK =
            Pattern.compile(
                    "(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]|\\[::ffff:127\\.0\\.0\\.1])\\.?(:\\d*)?");
    private static final Pattern FORWARDING =
            Pattern.compile("(x-forwarded-.*|forwarded|via|x-real-ip)");
    private static final String SECRET = "X-Proxy-Secret: ";

    private Invariants() {}

    static void check(Generated request, KeepAliveClient.Answer answer) {
        assertThat(answer.status()).as("%s", request).isBetween(200, 499);
        if (answer.location() == null) {
            assertThat(isJustified(request, answer)).as("%s %s", request, answer).isTrue();
            return;
        }
        boolean isRelative =
                answer.location().startsWith("/") && !answer.location().startsWith("//");
        if (isRelative) { // the site's own, from a folder to its slash
            assertThat(isServed(request)).as("%s %s", request, answer).isTrue();
            return;
        }
        assertThat(answer.location()).as("%s", request).matches(OUR_HOST);
        assertThat(isServed(request)).as("%s %s", request, answer).isFalse();
    }

    /** A refusal needs no reason here; an answer that is none needs an exemption. */
    private static boolean isJustified(Generated request, KeepAliveClient.Answer answer) {
        return switch (answer.status()) {
            case 400, 403, 421 -> true;
            default -> isServed(request) || isOpen(request) || isTomcats(request, answer);
        };
    }

    private static boolean isServed(Generated request) {
        return isGateway(request) || isLocal(request);
    }

    private static boolean isGateway(Generated request) {
        return request.headers().stream().filter(h -> h.startsWith(SECRET)).count() == 1
                && request.headers().contains(SECRET + TestPolicy.SECRET);
    }

    private static boolean isLocal(Generated request) {
        return LOOPBACK.matcher(request.host().toLowerCase(Locale.ROOT)).matches()
                && request.headers().stream()
                        .map(h -> h.substring(0, h.indexOf(':')).toLowerCase(Locale.ROOT))
                        .noneMatch(name -> FORWARDING.matcher(name).matches());
    }

    /** The ping, answered to anybody, by that path exactly. */
    private static boolean isOpen(Generated request) {
        String target = request.target().replaceFirst("^http://[^/?]*", "");
        return target.equals("/ping") || target.startsWith("/ping?");
    }

    /** Answered by Tomcat before any filter: OPTIONS of the whole server. */
    private static boolean isTomcats(Generated request, KeepAliveClient.Answer answer) {
        return request.target().equals("*") && answer.status() == 200;
    }
}
