package dev.gatehouse.tools.frontdoor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * A ClientHello, as far as an old server looks at it: today's libraries cannot be made to take what
 * it asks for.
 *
 * @param minor of the newest version that it offers: 1 for TLS 1.0
 * @param suites that it offers
 */
public record ReceivedHello(int minor, Set<Integer> suites) {

    private static final int VERSION = 9;
    private static final int SESSION = VERSION + 34;

    /** Which hellos are taken. */
    @FunctionalInterface
    public interface Taken {

        /** None, as a server of today. */
        Taken NONE = _ -> false;

        boolean takes(ReceivedHello hello);
    }

    /** Reads a record. */
    static ReceivedHello of(byte[] bytes) throws IOException {
        if (bytes.length < SESSION + 3 || bytes[0] != 0x16) {
            throw new IOException("no ClientHello");
        }
        ByteBuffer hello = ByteBuffer.wrap(bytes);
        hello.position(SESSION + 1 + (bytes[SESSION] & 0xff));
        int count = hello.getShort() / 2;
        Set<Integer> suites = new HashSet<>();
        for (int i = 0; i < count && hello.remaining() > 1; i++) {
            suites.add(hello.getShort() & 0xffff);
        }
        return new ReceivedHello(bytes[VERSION + 1], suites);
    }

    /** A ServerHello that takes it, and nothing after that. */
    byte[] response() {
        int suite = suites.iterator().next();
        ByteBuffer answer = ByteBuffer.allocate(47);
        answer.put(new byte[] {0x16, 3, (byte) minor, 0, 42, 2, 0, 0, 38, 3, (byte) minor});
        answer.position(answer.position() + 33); // random bytes, and no session
        return answer.putShort((short) suite).put((byte) 0).array();
    }
}
