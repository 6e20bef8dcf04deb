package dev.gatehouse.redirect;

import dev.gatehouse.connector.ConnectorName;
import dev.gatehouse.redirect.RequestGenerator.Generated;
import dev.gatehouse.testing.RunningGatehouse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Many requests over real sockets, against the two rules that hold whatever comes in. */
class GeneratedRequestsTests {

    private static final int REQUESTS = 10_000;
    private static final long SEED = 20_261_122;

    @Test
    void keepsInvariantsWhenRequestsAreGenerated() throws IOException {
        RequestGenerator generator = new RequestGenerator(SEED);
        Map<Integer, Integer> statuses = new HashMap<>();
        try (RunningGatehouse gatehouse =
                        RunningGatehouse.start(
                                "gatehouse.redirect.https-port=443",
                                "gatehouse.redirect.hosts=www.example.com,*.shop.example",
                                "gatehouse.gateways[0].name=rapidapi",
                                "gatehouse.gateways[0].header=X-Proxy-Secret",
                                "gatehouse.gateways[0].secrets=" + TestPolicy.SECRET);
                KeepAliveClient client = new KeepAliveClient(gatehouse.port(ConnectorName.HTTP))) {
            for (int i = 0; i < REQUESTS; i++) {
                Generated request = generator.next();
                KeepAliveClient.Answer answer = client.send(request.method(), request.raw());
                Invariants.check(request, answer);
                statuses.merge(answer.status(), 1, Integer::sum);
            }
        }
        Assertions.assertThat(statuses)
                .as("every way of the decision was taken")
                .containsKeys(200, 301, 308, 400, 403, 421);
    }
}
