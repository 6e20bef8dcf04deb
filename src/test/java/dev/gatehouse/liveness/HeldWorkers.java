package dev.gatehouse.liveness;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.testing.RawHttp;
import dev.gatehouse.testing.RunningGatehouse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Visitors whose requests are not answered before they are let go, each holding a worker. */
final class HeldWorkers implements AutoCloseable {

    private static final byte[] REQUEST =
            RawHttp.request("GET /hold HTTP/1.1", "Host: localhost")
                    .getBytes(StandardCharsets.US_ASCII);

    private static volatile CountDownLatch held = new CountDownLatch(0);

    private final List<Socket> visitors;

    private HeldWorkers(List<Socket> visitors) {
        this.visitors = visitors;
    }

    /** Holds so many of a Gatehouse that was started with {@link HoldingServlet}. */
    static HeldWorkers hold(RunningGatehouse gatehouse, ConnectorName name, int visitors)
            throws IOException {
        held = new CountDownLatch(1);
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < visitors; i++) {
            Socket socket = connect(gatehouse.port(name), name);
            sockets.add(socket);
            Thread.ofVirtual().start(() -> ask(socket));
        }
        return new HeldWorkers(sockets);
    }

    private static Socket connect(int port, ConnectorName name) throws IOException {
        Socket socket = RawHttp.connect(port);
        return name == ConnectorName.HTTP
                ? socket
                : RawHttp.trustingAll().createSocket(socket, "localhost", port, true);
    }

    private static void ask(Socket socket) {
        try {
            socket.getOutputStream().write(REQUEST);
        } catch (IOException _) {
            return; // a handshake that finds no worker never ends
        }
    }

    void letGo() {
        held.countDown();
    }

    @Override
    public void close() throws IOException {
        letGo();
        for (Socket visitor : visitors) {
            visitor.close();
        }
    }

    /** A servlet that answers no request until it is told to. */
    @Configuration(proxyBeanMethods = false)
    static class HoldingServlet {

        @Bean
        ServletRegistrationBean<HttpServlet> holdingServlet() {
            return new ServletRegistrationBean<>(
                    new HttpServlet() {

                        private static final long serialVersionUID = 1L;

                        @Override
                        protected void doGet(
                                HttpServletRequest request, HttpServletResponse response) {
                            try {
                                held.await();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        }
                    },
                    "/hold");
        }
    }
}
