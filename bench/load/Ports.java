package load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Two free ports of loopback. */
record Ports(int http, int https) {

    static Ports free() throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket http = new ServerSocket(0, 1, loopback);
                ServerSocket https = new ServerSocket(0, 1, loopback)) {
            return new Ports(http.getLocalPort(), https.getLocalPort());
        }
    }
}
