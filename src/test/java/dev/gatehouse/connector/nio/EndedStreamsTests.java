package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatehouse.testing.RunningGatehouse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndedStreamsTests {

    private static final int REQUESTS = 40;
    private static final int MANY_CONNECTIONS = 100_000;

    @Test
    void findsWhereThisVersionOfTomcatKeepsThem() {
        assertThatCode(EndedStreams::new).doesNotThrowAnyException();
    }

    @Test
    void forgetsTheOldestOfAConnectionWhenThereAreMany() throws Exception {
        try (RunningGatehouse gatehouse = RunningGatehouse.start();
                Http2Visitor visitor = new Http2Visitor(gatehouse)) {
            for (int i = 0; i < REQUESTS; i++) {
                visitor.ping();
            }
            assertThat(remembered(visitor)).hasSizeGreaterThanOrEqualTo(REQUESTS);

            new EndedStreams().forget(visitor.connection(), MANY_CONNECTIONS);

            assertThat(remembered(visitor)).hasSize(8);
            assertThat(remembered(visitor).keySet().toString()).contains("" + (2 * REQUESTS - 1));
            visitor.ping();
        }
    }

    private static Map<?, ?> remembered(Http2Visitor visitor) throws Exception {
        return (Map<?, ?>) visitor.kept("streams");
    }
}
