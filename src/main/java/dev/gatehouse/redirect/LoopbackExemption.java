package dev.gatehouse.redirect;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client on this machine that asks for this machine. A loopback peer with forwarding headers, or
 * with another host's name, is a proxy that speaks for somebody else: a sidecar, say.
 */
class LoopbackExemption implements Exemption {

    private static final Set<String> FORWARDING = Set.of("forwarded", "via", "x-real-ip");
    private static final String FORWARDING_PREFIX = "x-forwarded-";

    @Override
    public Reason reason() {
        return Reason.LOOPBACK;
    }

    @Override
    public boolean isExempt(RedirectRequest request) {
        return isLoopback(request.peer())
                && asksForThisMachine(request.host())
                && request.headers().names().stream().noneMatch(LoopbackExemption::isForwarding);
    }

    /** In 127.0.0.0/8, or ::1, or the former mapped into IPv6. */
    private static boolean isLoopback(String peer) {
        try {
            return InetAddress.ofLiteral(peer).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean asksForThisMachine(@Nullable String host) {
        return host == null
                || RequestedHost.parse(host).map(RequestedHost::isLoopback).orElse(false);
    }

    private static boolean isForwarding(String headerName) {
        String name = headerName.toLowerCase(Locale.ROOT);
        return FORWARDING.contains(name) || name.startsWith(FORWARDING_PREFIX);
    }
}
