package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionRoomTests {

    private static final long MIB = 1 << 20;

    @Test
    void ofWhenContainerIsSmallIsWhatIsLeftOfItsMemory() {
        assertThat(ConnectionRoom.of(256 * MIB, 77 * MIB)).isEqualTo(2_112);
        assertThat(ConnectionRoom.of(384 * MIB, 115 * MIB)).isEqualTo(4_992);
    }

    @Test
    void ofWhenHardlyAnyMemoryIsLeftIsEnoughForAFewClients() {
        assertThat(ConnectionRoom.of(128 * MIB, 64 * MIB)).isEqualTo(256);
    }

    @Test
    void ofThisProcessWhenNothingLimitsItsMemoryIsMoreThanTomcatsOwnLimit() {
        assertThat(ConnectionRoom.ofThisProcess()).isGreaterThan(8_192);
    }
}
