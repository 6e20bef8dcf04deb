package dev.gatehouse.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accesslog.AccessEvent.Unread;
import org.junit.jupiter.api.Test;

class UnreadableRequestLimiterTests {

    private static final long NOW = 1_795_352_717_000L;

    private final UnreadableRequestLimiter limit = new UnreadableRequestLimiter();

    @Test
    void admitThreeASecondAndPeer() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.admits("a", NOW)).isTrue();
        }
        assertThat(limit.admits("a", NOW + 999)).isFalse();
        assertThat(limit.admits("b", NOW + 999)).isTrue();
        assertThat(limit.admits("a", NOW + 1000)).isTrue();
    }

    @Test
    void sumTheRestEveryTenSeconds() {
        for (int i = 0; i < 10; i++) {
            limit.admits("a", NOW);
            limit.admits("b", NOW);
        }

        assertThat(limit.sum(NOW)).contains(new Unread(NOW, 14, 2));
        assertThat(limit.sum(NOW)).isEmpty();

        for (int i = 0; i < 4; i++) {
            limit.admits("a", NOW + 1000);
        }
        assertThat(limit.sum(NOW + 9_999)).isEmpty();
        assertThat(limit.sum(NOW + 10_000)).contains(new Unread(NOW + 10_000, 1, 1));
    }

    @Test
    void forgetPeersWhenThereAreTooMany() {
        for (int i = 0; i < 5000; i++) {
            limit.admits("peer " + i, NOW);
        }

        assertThat(limit.sum(NOW)).contains(new Unread(NOW, 4000, 1000));
    }
}
