package dev.gatehouse.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendQueuesTests {

    private static final String TABLE =
            """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
               0: 00000000:01BB 00000000:0000 0A 00000000:00000007 00:00000000 00000000     0
               1: 0100007F:01BB 0100007F:C350 01 00000010:00000005 01:00000014 00000000     0
            10000: 0100007F:0050 0100007F:C351 04 00000001:00000000 01:00000014 00000000     0
               3: 0100007F:1F90 0100007F:01BB 01 00010000:00000000 01:00000014 00000000     0
            """;

    @TempDir Path folder;

    @Test
    void sumWhatIsUnsentWhenPortsAreOurs() throws IOException {
        Path table = Files.writeString(folder.resolve("tcp"), TABLE);

        SendQueues queues = new SendQueues(List.of(table, table));

        assertThat(queues.unsent(List.of(443))).isEqualTo(2 * 16);
        assertThat(queues.unsent(List.of(443, 80))).isEqualTo(2 * (16 + 1));
        assertThat(queues.unsent(List.of(8443))).isZero();
    }

    @Test
    void tellNothingWhenThereIsNoTable() {
        assertThat(new SendQueues(List.of(folder.resolve("none"))).unsent(List.of(443))).isZero();
    }
}
