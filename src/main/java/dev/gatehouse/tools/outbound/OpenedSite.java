package dev.gatehouse.tools.outbound;

/**
 * An operator's own site, which may have an address that is not public: that name, on its port and
 * on the port 80 that redirects to it. Other names with the same address, and the address itself,
 * are not it.
 *
 * @param host as a URL has it; IPv6 without brackets
 */
record OpenedSite(String host, int port) {

    static OpenedSite of(HttpUrl site) {
        return new OpenedSite(withoutBrackets(site.host()), site.port());
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    boolean matches(String name, int at) {
        return host.equals(withoutBrackets(name)) && (at == port || at == Scheme.HTTP.port());
    }
}
