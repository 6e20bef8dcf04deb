package dev.gatehouse.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/** A channel that notes what comes over it; Tomcat uses one again for a later connection. */
sealed interface TracedChannel {

    ConnectionTrace trace();

    /** Of a plain connection. */
    final class Plain extends NioChannel implements TracedChannel {

        private ConnectionTrace trace = new ConnectionTrace(System.nanoTime());

        Plain(SocketBufferHandler buffers) {
            super(buffers);
        }

        @Override
        public ConnectionTrace trace() {
            return trace;
        }

        @Override
        public void reset(@Nullable SocketChannel channel, @Nullable NioSocketWrapper wrapper)
                throws IOException {
            super.reset(channel, wrapper);
            if (channel != null) {
                trace = new ConnectionTrace(System.nanoTime());
            }
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int read = super.read(target);
            if (read > 0) {
                trace.requestByteSeen();
            }
            return read;
        }
    }

    /** Of a TLS connection. */
    final class Tls extends SecureNioChannel implements TracedChannel {

        private ConnectionTrace trace = new ConnectionTrace(System.nanoTime());

        Tls(SocketBufferHandler buffers, NioEndpoint endpoint) {
            super(buffers, endpoint);
        }

        @Override
        public ConnectionTrace trace() {
            return trace;
        }

        @Override
        public void reset(@Nullable SocketChannel channel, @Nullable NioSocketWrapper wrapper)
                throws IOException {
            super.reset(channel, wrapper);
            if (channel != null) {
                trace = new ConnectionTrace(System.nanoTime());
            }
        }

        @Override
        public int handshake(boolean read, boolean write) throws IOException {
            try {
                return super.handshake(read, write);
            } catch (IOException ex) {
                if (!sniComplete && netInBuffer.position() > 0 && isLetter(netInBuffer.get(0))) {
                    trace.plainOnTls();
                }
                throw ex;
            } finally {
                if (sniComplete || netInBuffer.position() > 0) {
                    trace.helloSeen();
                }
            }
        }

        /** A TLS record begins with 22, an SSLv2 hello with 128: neither is a letter. */
        private static boolean isLetter(byte first) {
            return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int read = super.read(target);
            if (read > 0) {
                trace.requestByteSeen();
            }
            return read;
        }

        /** How HTTP/2 reads. */
        @Override
        public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
            long read = super.read(targets, offset, length);
            if (read > 0) {
                trace.requestByteSeen();
            }
            return read;
        }
    }
}
