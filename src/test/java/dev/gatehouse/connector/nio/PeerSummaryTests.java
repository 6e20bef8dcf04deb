package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerSummaryTests {

    private final PeerSummary summary = new PeerSummary();

    @Test
    void countsPeersOnceWhenTheyComeAgain() {
        summary.add("192.0.2.1");
        summary.add("192.0.2.1");
        summary.add("192.0.2.2");

        assertThat(summary.take()).hasToString("3 from 2 peers");
        assertThat(summary.take().connections()).isZero();
    }

    @Test
    void saysAtLeastWhenThereAreTooManyToRemember() {
        for (int i = 0; i < 5000; i++) {
            summary.add("peer " + i);
        }

        assertThat(summary.take()).hasToString("5000 from at least 1000 peers");
    }
}
