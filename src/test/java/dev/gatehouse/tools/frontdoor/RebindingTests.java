package dev.gatehouse.tools.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tools.frontdoor.Observations.ChainEnd;
import dev.gatehouse.tools.outbound.HttpUrl;
import dev.gatehouse.tools.outbound.RebindingOutboundClient;
import dev.gatehouse.tools.outbound.ResourceBudget;
import dev.gatehouse.tools.outbound.Scheme;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A name that resolves to a public address first, and to an internal one afterwards. */
class RebindingTests {

    private static final String NAME = "rebinding.test";

    @Test
    void redirectWhenTheNameHasBecomeInternalIsNotFollowed() {
        AtomicInteger internal = new AtomicInteger();
        try (LoopbackServer site =
                        LoopbackServer.plain(
                                "127.0.0.71",
                                _ ->
                                        LoopbackServer.answer(
                                                302, "Location: http://" + NAME + "/internal"));
                LoopbackServer canary =
                        LoopbackServer.plain(
                                "127.0.0.1",
                                _ -> {
                                    internal.incrementAndGet();
                                    return LoopbackServer.answer(200);
                                })) {
            RebindingOutboundClient rebinding =
                    new RebindingOutboundClient(site.port(), canary.port());
            CheckClient client =
                    new CheckClient(
                            rebinding.client(), "test", ResourceBudget.of(Duration.ofSeconds(20)));

            Observations.Chain chain =
                    new RedirectChain(client, Clock.systemUTC())
                            .from(HttpUrl.of(Scheme.HTTP, NAME, "/"));

            assertThat(rebinding.lookups()).isEqualTo(2);
            assertThat(chain.hops()).hasSize(1);
            assertThat(chain.end()).isEqualTo(ChainEnd.NOT_VISITED);
            assertThat(internal).hasValue(0);
        }
    }
}
