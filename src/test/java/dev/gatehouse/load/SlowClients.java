package dev.gatehouse.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.GatehouseProcess;
import dev.gatehouse.testing.Http2Frames;
import dev.gatehouse.testing.RawHttp;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

/** Clients that begin a request and do not go on with it, by the hundred. */
enum SlowClients {
    HALF_HEADERS(2_000, ConnectorName.HTTP) {
        @Override
        Closeable come(int port) throws IOException {
            return say(RawHttp.connect(port), HALF_HEADER);
        }
    },
    HALF_HEADERS_OVER_TLS(1_000, ConnectorName.HTTPS) {
        @Override
        Closeable come(int port) throws IOException {
            Socket plain = RawHttp.connect(port);
            return say(
                    RawHttp.trustingAll().createSocket(plain, "localhost", port, true),
                    HALF_HEADER);
        }
    },
    HALF_CLIENT_HELLOS(3_000, ConnectorName.HTTPS) {
        @Override
        Closeable come(int port) throws IOException {
            return say(RawHttp.connect(port), HALF_CLIENT_HELLO);
        }
    },
    STALLED_STREAMS(50, ConnectorName.HTTPS) {
        @Override
        Closeable come(int port) throws IOException {
            Http2Frames client = Http2Frames.stalled(port);
            for (int i = 0; i < 100; i++) {
                client.getPage(2 * i + 1);
            }
            return client;
        }
    },
    ANSWERED_STREAMS(600, ConnectorName.HTTPS) {
        @Override
        Closeable come(int port) throws IOException {
            Http2Frames client = new Http2Frames(port);
            for (int i = 0; i < 500; i += 100) {
                for (int j = i; j < i + 100; j++) {
                    client.get(2 * j + 1);
                }
                client.readEnds(100);
            }
            return client;
        }
    };

    private static final byte[] HALF_HEADER = "GET / HTTP/1.1\r\nHost: loc".getBytes(US_ASCII);

    /** A record of 512 bytes that begins a handshake, of which twelve come. */
    private static final byte[] HALF_CLIENT_HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3, 7};

    private final int number;
    private final ConnectorName connector;

    SlowClients(int number, ConnectorName connector) {
        this.number = number;
        this.connector = connector;
    }

    int number() {
        return number;
    }

    int port(GatehouseProcess process) {
        return process.port(connector);
    }

    /** Whether they hold so much that some have to be cut off. */
    boolean areCutOff() {
        return this == STALLED_STREAMS;
    }

    /** One of them; it may be cut off while it comes. */
    abstract Closeable come(int port) throws IOException;

    private static Socket say(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return socket;
    }
}
