package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpAddressFormatTests {

    /** The rules of RFC 5952, section 4, and no zone. */
    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:1%lo, ::1",
        "fe80:0:0:0:f0f0:c0c0:1919:1234%4, fe80::f0f0:c0c0:1919:1234",
        "fe80:0:0:0:0:0:0:1%eth0.100, fe80::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "127.0.0.1, 127.0.0.1",
        "198.51.100.255, 198.51.100.255"
    })
    void writesCanonicalTextWithoutZoneWhenGivenJavasText(String literal, String canonical)
            throws Exception {
        assertThat(IpAddressFormat.format(literal)).isEqualTo(canonical);
        String withoutZone = literal.replaceFirst("%.*", "");
        assertThat(IpAddressFormat.format(InetAddress.ofLiteral(withoutZone))).isEqualTo(canonical);
    }

    @Test
    void leavesOutZoneWhenAddressHasOne() throws Exception {
        byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();

        assertThat(IpAddressFormat.format(Inet6Address.getByAddress(null, linkLocal, 4)))
                .isEqualTo("fe80::1");
    }
}
