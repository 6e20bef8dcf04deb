package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTests {

    @Test
    void readsAsJavaDoesWhenLiteralIsAddress() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
            random.nextBytes(bytes);
            String literal = literal(bytes);

            assertThat(PeerAddress.bytesOf(literal)).as(literal).isEqualTo(bytes);
        }
    }

    private static String literal(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1",
                "1.2.3",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.00",
                "1.2.3.4 ",
                "1.2.3.99999999999",
                "a.b.c.d",
                "1.2.3.4:",
                ":::"
            })
    void hasNoBytesWhenLiteralIsNone(String literal) {
        assertThat(PeerAddress.bytesOf(literal)).isEmpty();
    }
}
