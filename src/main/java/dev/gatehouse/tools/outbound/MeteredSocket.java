package dev.gatehouse.tools.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose reads are charged to a budget and end with its time, however slowly the bytes
 * come: a socket's own time-out begins anew at each of them. An interrupt of the thread closes it.
 */
final class MeteredSocket extends Socket {

    private final Socket socket;
    private final ResourceBudget budget;

    MeteredSocket(Socket socket, ResourceBudget budget) throws SocketException {
        super((@Nullable SocketImpl) null);
        this.socket = socket;
        this.budget = budget;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new MeteredInput(socket.getInputStream());
    }

    private final class MeteredInput extends FilterInputStream {

        private MeteredInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (budget.isTimeOver()) {
                throw new SocketTimeoutException("Read timed out");
            }
            socket.setSoTimeout(budget.remainingMillis());
            int count = in.read(bytes, offset, length);
            budget.charge(count);
            return count;
        }
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public boolean isBound() {
        return socket.isBound();
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    /** The budget alone sets it. */
    @Override
    public void setSoTimeout(int millis) {}

    @Override
    public int getSoLinger() throws SocketException {
        return socket.getSoLinger();
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        socket.setSoLinger(on, seconds);
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        socket.setTcpNoDelay(on);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
