package dev.gatehouse.connector.nio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ClientHello of one connection, however the client splits it into segments and records
 * (RFC 8446, 5.1). Tomcat's TLSClientHelloExtractor wants it in one record, and throws for a record
 * longer than TLS allows.
 *
 * <p>The hello is reassembled in place: at its end the buffer holds one record with all of it, as
 * if the client had sent that, followed by what came after. A hello is at most one record long,
 * which is also BoringSSL's limit.
 */
final class ClientHelloReader {

    /** A buffer of this size always has room for the next byte of a hello. */
    static final int BUFFER_SIZE = 2 * 5 + (1 << 14);

    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int LONGEST_FRAGMENT = 1 << 14;
    private static final int LONGEST_REQUEST_LINE = 1 << 13;

    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;

    /** End of the reassembled record in the buffer; 0 before its header is there. */
    private int end;

    /** Bytes of the current record's fragment that have not come yet. */
    private int missing;

    /** How far the hello has come. */
    sealed interface Result {

        /** More has to be received. */
        record Incomplete() implements Result {}

        /** The buffer begins with one record that holds this hello and nothing else. */
        record Complete(ClientHello hello) implements Result {}

        /** The client sent a request line of plain HTTP. */
        record PlainHttp() implements Result {}

        /** Not a ClientHello. */
        record Invalid(TlsAlert alert) implements Result {}
    }

    private static final Result INCOMPLETE = new Result.Incomplete();

    /**
     * Reads what has been added since the last call.
     *
     * @param received all that was received, from 0 to its position
     */
    Result read(ByteBuffer received) {
        int limit = received.position();
        if (end == 0 && limit > 0 && isLetter(received.get(0))) {
            return readRequestLine(received);
        }
        int next = end;
        while (true) {
            int count = Math.min(missing, limit - next);
            move(received, next, end, count);
            end += count;
            next += count;
            missing -= count;
            Result result = hello(received);
            if (!(result instanceof Result.Incomplete) || missing > 0 || next == limit) {
                return compacted(received, next, result);
            }
            TlsAlert alert = checkHeader(received, next, limit);
            if (alert != null) {
                return new Result.Invalid(alert);
            }
            if (limit - next < RECORD_HEADER) {
                return compacted(received, next, INCOMPLETE);
            }
            missing = received.getChar(next + 3);
            next += RECORD_HEADER;
            end = Math.max(end, RECORD_HEADER); // the first header stays
        }
    }

    private static boolean isLetter(byte first) {
        return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
    }

    private static Result readRequestLine(ByteBuffer received) {
        for (int i = 0; i < received.position(); i++) {
            if (received.get(i) == '\n') {
                ByteBuffer line = received.slice(0, i);
                return StandardCharsets.ISO_8859_1.decode(line).toString().contains(" HTTP/")
                        ? new Result.PlainHttp()
                        : new Result.Invalid(TlsAlert.UNEXPECTED_MESSAGE);
            }
        }
        return received.position() < LONGEST_REQUEST_LINE
                ? INCOMPLETE
                : new Result.Invalid(TlsAlert.UNEXPECTED_MESSAGE);
    }

    /** The alert for the header of a record, as far as it has come; null while it is valid. */
    private static @Nullable TlsAlert checkHeader(ByteBuffer received, int at, int limit) {
        if (received.get(at) != HANDSHAKE) {
            return received.get(at) < 0 // the length of an SSLv2 hello
                    ? TlsAlert.PROTOCOL_VERSION
                    : TlsAlert.UNEXPECTED_MESSAGE;
        }
        if (limit - at > 1 && received.get(at + 1) != 3) {
            return TlsAlert.PROTOCOL_VERSION;
        }
        if (limit - at < RECORD_HEADER) {
            return null;
        }
        int length = received.getChar(at + 3);
        if (length > LONGEST_FRAGMENT) {
            return TlsAlert.RECORD_OVERFLOW;
        }
        return length == 0 ? TlsAlert.UNEXPECTED_MESSAGE : null;
    }

    /** The hello, if the reassembled record holds all of it. */
    private Result hello(ByteBuffer received) {
        if (end > RECORD_HEADER && received.get(RECORD_HEADER) != CLIENT_HELLO) {
            return new Result.Invalid(TlsAlert.UNEXPECTED_MESSAGE);
        }
        if (end < RECORD_HEADER + MESSAGE_HEADER) {
            return INCOMPLETE;
        }
        int length = MESSAGE_HEADER + (received.getInt(RECORD_HEADER) & 0xFFFFFF);
        if (length > LONGEST_FRAGMENT) {
            return new Result.Invalid(TlsAlert.ILLEGAL_PARAMETER);
        }
        int whole = RECORD_HEADER + length;
        if (end > whole || (end == whole && missing > 0)) {
            return new Result.Invalid(TlsAlert.UNEXPECTED_MESSAGE); // nothing may follow in it
        }
        if (end < whole) {
            return INCOMPLETE;
        }
        received.putChar(3, (char) length);
        return ClientHello.parse(
                        received.slice(RECORD_HEADER + MESSAGE_HEADER, length - MESSAGE_HEADER))
                .<Result>map(Result.Complete::new)
                .orElseGet(() -> new Result.Invalid(TlsAlert.DECODE_ERROR));
    }

    /** Moves what was received after the reassembled record to its end. */
    private Result compacted(ByteBuffer received, int next, Result result) {
        int rest = received.position() - next;
        move(received, next, end, rest);
        received.position(end + rest);
        return result;
    }

    private static void move(ByteBuffer bytes, int from, int to, int count) {
        if (from != to) {
            bytes.put(to, bytes, from, count);
        }
    }
}
