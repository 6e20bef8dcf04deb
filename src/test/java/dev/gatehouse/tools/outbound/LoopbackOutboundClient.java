package dev.gatehouse.tools.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The guard opened to loopback, for tests: names of theirs lead there, and 80 and 443 to the ports
 * that their servers have. It is package-private parts that make it: no property can.
 */
public final class LoopbackOutboundClient {

    private LoopbackOutboundClient() {}

    /**
     * Leads these names to these servers.
     *
     * @param names each with the literals that it leads to
     * @param servers the true port behind each literal and port, such as {@code 127.0.0.5:443};
     *     what is not there is refused
     * @param roots trusted as if they were public
     */
    public static OutboundClient to(
            Map<String, List<String>> names,
            Map<String, Integer> servers,
            List<X509Certificate> roots) {
        AddressGuard loopbackAlone = InetAddress::isLoopbackAddress;
        return OutboundClient.of(
                TargetPolicy.PUBLIC,
                new AddressResolver(name -> addresses(names.get(name), name), loopbackAlone),
                (address, port, timeout) -> dial(servers, address, port, timeout),
                RecordingTrustManager.roots(store(roots)));
    }

    private static List<InetAddress> addresses(@Nullable List<String> literals, String name)
            throws UnknownHostException {
        if (literals == null) {
            throw new UnknownHostException(name);
        }
        return literals.stream().map(InetAddress::ofLiteral).toList();
    }

    private static Socket dial(
            Map<String, Integer> servers, InetAddress address, int port, int timeout)
            throws IOException {
        int real = servers.getOrDefault(address.getHostAddress() + ":" + port, 1);
        return Dialer.connect(new InetSocketAddress(address, real), timeout);
    }

    private static KeyStore store(List<X509Certificate> roots) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < roots.size(); i++) {
                store.setCertificateEntry("root-" + i, roots.get(i));
            }
            return store;
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
