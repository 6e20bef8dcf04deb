package dev.gatehouse.connector.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatehouse.testing.RunningGatehouse;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class HeaderIndexingTests {

    @Test
    void findsWhereThisVersionOfTomcatEncodesHeaders() {
        assertThatCode(HeaderIndexing::new).doesNotThrowAnyException();
    }

    /** 53 ids would push out all others, which would be sent in full again. */
    @Test
    void remembersHeadersThatComeAgainAndNotTheIdOfTheRequest() throws Exception {
        try (RunningGatehouse gatehouse = RunningGatehouse.start();
                Http2Visitor visitor = new Http2Visitor(gatehouse)) {
            visitor.ping();
            visitor.ping();

            assertThat(Http2Visitor.valueOf(visitor.kept("hpackEncoder"), "dynamicTable"))
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                    .containsKey("cache-control")
                    .doesNotContainKeys("x-request-id", "date", "content-length");
        }
    }
}
