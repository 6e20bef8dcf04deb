package dev.gatehouse.redirect;

import dev.gatehouse.redirect.RedirectDecision.Served;
import java.util.Locale;
import java.util.Set;

/**
 * A client on this machine that asks for this machine. A loopback peer with forwarding headers, or
 * with another host's name, is a proxy that speaks for somebody else: a sidecar, say.
 */
class LoopbackExemption implements Rule {

    private static final Finding SERVED =
            Finding.decided(
                    new Served(Reason.LOOPBACK),
                    "the peer is on this machine, asks for this machine and forwards for nobody");
    private static final Finding ELSEWHERE =
            Finding.passed("the socket's peer is not in 127.0.0.0/8 or ::1");
    private static final Finding OTHER_HOST =
            Finding.passed("the peer is loopback, but the Host does not name loopback: a proxy");
    private static final Finding FORWARDING =
            Finding.passed("the peer is loopback, but carries a forwarding header: a proxy");

    private static final Set<String> FORWARDING_NAMES = Set.of("forwarded", "via", "x-real-ip");
    private static final String FORWARDING_PREFIX = "x-forwarded-";

    @Override
    public String name() {
        return "loopback";
    }

    @Override
    public String describe() {
        return "socket's peer in 127.0.0.0/8 or ::1, Host of loopback or none, not forwarding";
    }

    @Override
    public Finding examine(ExaminedRequest request) {
        if (!isLoopback(request.peer())) {
            return ELSEWHERE;
        }
        if (!asksForThisMachine(request)) {
            return OTHER_HOST;
        }
        return isForwarding(request.facts()) ? FORWARDING : SERVED;
    }

    /** In 127.0.0.0/8, or ::1; the former mapped into IPv6 has 4 bytes here too. */
    static boolean isLoopback(byte[] peer) {
        if (peer.length == 4) {
            return peer[0] == 127;
        }
        int others = 0;
        for (int i = 0; i < peer.length - 1; i++) {
            others |= peer[i];
        }
        return peer.length == 16 && others == 0 && peer[15] == 1;
    }

    private static boolean asksForThisMachine(ExaminedRequest request) {
        RequestedHost host = request.host();
        return host == null ? request.facts().host() == null : host.isLoopback();
    }

    static boolean isForwarding(RedirectRequest request) {
        return request.headers().names().stream().anyMatch(LoopbackExemption::isForwarding);
    }

    private static boolean isForwarding(String headerName) {
        String name = headerName.toLowerCase(Locale.ROOT);
        return FORWARDING_NAMES.contains(name) || name.startsWith(FORWARDING_PREFIX);
    }
}
