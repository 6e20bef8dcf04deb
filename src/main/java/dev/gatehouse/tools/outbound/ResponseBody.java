package dev.gatehouse.tools.outbound;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** The beginning of a response's body, decoded. */
public final class ResponseBody {

    /** No body, as of HEAD. */
    static final ResponseBody NONE = new ResponseBody(new byte[0], 0, End.COMPLETE);

    private static final int BUFFER = 8192;
    private static final int MOST_CODINGS = 3;

    private final byte[] bytes;
    private final long received;
    private final End end;

    private ResponseBody(byte[] bytes, long received, End end) {
        this.bytes = bytes;
        this.received = received;
        this.end = end;
    }

    /** How reading ended. */
    public enum End {
        /** At its end. */
        COMPLETE,
        /** At the limit of bytes; the rest was not read. */
        CUT,
        /** The connection ended before the body did. */
        INCOMPLETE,
        /** The time was over before the body was. */
        TOO_SLOW,
        /** Its coding is not supported, or the body does not follow it. */
        UNDECODABLE
    }

    /** The coding that is offered to servers. */
    static String offeredCodings() {
        return Brotli4jLoader.isAvailable() ? "gzip, br" : "gzip";
    }

    /** The decoded bytes; not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** The same, cut after that many bytes. */
    ResponseBody cutTo(int length) {
        return new ResponseBody(Arrays.copyOf(bytes, length), received, End.CUT);
    }

    /** The bytes received, before decoding. */
    public long received() {
        return received;
    }

    public End end() {
        return end;
    }

    public boolean isComplete() {
        return end == End.COMPLETE;
    }

    /**
     * Reads and decodes, in bounded memory: a bomb is cut where the limit is.
     *
     * @param codings the values of {@code Content-Encoding}
     * @param most decoded bytes; as many are read encoded
     * @param large asked before more than a small body is kept
     * @param timeOver whether the time of the fetch is over
     */
    static ResponseBody read(
            InputStream in,
            List<String> codings,
            int most,
            FetchLimits.LargeBody large,
            BooleanSupplier timeOver) {
        Received received = new Received(in, Math.max(most, BUFFER) + 1L);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(Math.min(most, BUFFER));
        End end;
        try {
            end = copy(decoded(received, codings), kept, most, large);
            if (end == End.COMPLETE) {
                received.readToEnd(); // a decoder stops where its format ends
            }
        } catch (IOException ex) {
            end =
                    received.failed || timeOver.getAsBoolean()
                            ? broken(ex, timeOver)
                            : decoding(received);
        }
        return new ResponseBody(kept.toByteArray(), received.count, end);
    }

    private static End broken(IOException ex, BooleanSupplier timeOver) {
        return ex instanceof SocketTimeoutException || timeOver.getAsBoolean()
                ? End.TOO_SLOW
                : End.INCOMPLETE;
    }

    private static End decoding(Received received) {
        return received.isAtLimit() ? End.CUT : End.UNDECODABLE;
    }

    private static End copy(
            InputStream in, ByteArrayOutputStream kept, int most, FetchLimits.LargeBody large)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        boolean small = true;
        while (true) {
            int count = in.read(buffer, 0, Math.min(BUFFER, most - kept.size() + 1));
            if (count < 0) {
                return End.COMPLETE;
            }
            if (small && kept.size() + count > FetchLimits.SMALL_BODY) {
                if (!large.admit()) {
                    return End.CUT;
                }
                small = false;
            }
            int room = most - kept.size();
            kept.write(buffer, 0, Math.min(count, room));
            if (count > room) {
                return End.CUT;
            }
        }
    }

    private static InputStream decoded(InputStream in, List<String> codings) throws IOException {
        List<String> applied =
                codings.stream()
                        .flatMap(value -> List.of(value.split(",", -1)).stream())
                        .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                        .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                        .toList();
        if (applied.size() > MOST_CODINGS) {
            throw new IOException("more than %d codings".formatted(MOST_CODINGS));
        }
        InputStream decoded = in;
        for (String coding : applied.reversed()) {
            decoded = decoder(coding, decoded);
        }
        return decoded;
    }

    private static InputStream decoder(String coding, InputStream in) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(in, 1);
        int first = peeked.read();
        if (first < 0) {
            return peeked; // no body, as a coded response to some errors has none
        }
        peeked.unread(first);
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(peeked, BUFFER);
            case "deflate" -> // zlib, but some servers send it raw
                    new InflaterInputStream(peeked, new Inflater((first & 0x0f) != 8), BUFFER);
            case "br" -> brotli(peeked);
            default -> throw new IOException("unknown coding " + coding);
        };
    }

    private static InputStream brotli(InputStream in) throws IOException {
        if (!Brotli4jLoader.isAvailable()) {
            throw new IOException("Brotli is not available");
        }
        return new BrotliInputStream(in, BUFFER);
    }

    /** The bytes of the connection, counted and bounded. */
    private static final class Received extends FilterInputStream {

        private final long most;
        private long count;
        private boolean failed;

        private Received(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        private boolean isAtLimit() {
            return count >= most;
        }

        private void readToEnd() throws IOException {
            byte[] rest = new byte[BUFFER];
            for (int read = 0; read >= 0 && !isAtLimit(); ) {
                read = read(rest, 0, BUFFER);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (isAtLimit()) {
                throw new IOException("more bytes than are read");
            }
            try {
                int read = in.read(bytes, offset, (int) Math.min(length, most - count));
                count += Math.max(0, read);
                return read;
            } catch (IOException ex) {
                failed = true;
                throw ex;
            }
        }
    }
}
