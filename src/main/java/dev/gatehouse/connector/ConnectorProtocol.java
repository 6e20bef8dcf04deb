package dev.gatehouse.connector;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 protocol, which both connectors speak, and which says where it could not
 * listen: Tomcat's own exception tells neither the address nor the port.
 */
public class ConnectorProtocol extends Http11NioProtocol {

    @Override
    public void start() throws Exception {
        try {
            super.start();
        } catch (SocketException ex) {
            throw new ConnectorBindException(configuredAddress(), ex);
        }
    }

    private InetSocketAddress configuredAddress() {
        InetAddress address = getAddress();
        return address == null
                ? new InetSocketAddress(getPort())
                : new InetSocketAddress(address, getPort());
    }
}
