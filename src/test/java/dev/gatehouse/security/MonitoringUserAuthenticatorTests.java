package dev.gatehouse.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.security.autoconfigure.SecurityProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.util.StringUtils;

@ExtendWith(OutputCaptureExtension.class)
class MonitoringUserAuthenticatorTests {

    private static final String PEER = "203.0.113.7";
    private static final String OTHER_PEER = "203.0.113.8";

    private final ManualClock clock = new ManualClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CountedUser user = new CountedUser();
    private final MonitoringUserAuthenticator authenticator =
            new MonitoringUserAuthenticator(
                    user,
                    new RememberedLogin(clock),
                    new FailureLimit(clock),
                    new LoginRecord(registry, clock));

    @AfterEach
    void close() {
        authenticator.close();
    }

    @Test
    void loginWhenCorrectIsTheUserWithItsRoles() {
        Authentication authentication = login("operator", "correct", PEER);

        assertThat(authentication.isAuthenticated()).isTrue();
        assertThat(authentication.getName()).isEqualTo("operator");
        assertThat(authentication.getAuthorities())
                .extracting("authority")
                .containsExactly("ROLE_MONITOR");
    }

    @Test
    void loginWhenAnExtensionAsksForItIsLimitedByThePeerToo() {
        failToTheLimit("operator", PEER);
        UsernamePasswordAuthenticationToken login =
                UsernamePasswordAuthenticationToken.unauthenticated("operator", "correct");

        login.setDetails(new WebAuthenticationDetails(PEER, null));
        assertThatExceptionOfType(LoginRefusedException.class)
                .isThrownBy(() -> authenticator.authenticate(login));

        login.setDetails(new WebAuthenticationDetails(OTHER_PEER, null));
        assertThat(authenticator.authenticate(login).isAuthenticated()).isTrue();
    }

    @Test
    void loginWhenRememberedNeedsNoComparison() {
        login("operator", "correct", PEER);
        login("operator", "correct", PEER);
        login("operator", "correct", OTHER_PEER);

        assertThat(user.comparisons).hasValue(1);
    }

    @Test
    void loginWhenUnusedForLongIsComparedAgain() {
        login("operator", "correct", PEER);
        clock.advance(RememberedLogin.KEPT.minusSeconds(1));
        login("operator", "correct", PEER);
        clock.advance(RememberedLogin.KEPT.minusSeconds(1));
        login("operator", "correct", PEER);
        assertThat(user.comparisons).hasValue(1);

        clock.advance(RememberedLogin.KEPT.plusSeconds(1));
        login("operator", "correct", PEER);
        assertThat(user.comparisons).hasValue(2);
    }

    @Test
    void loginWhenWrongOnceMoreThanTheLimitIsRefusedWithoutComparison() {
        failToTheLimit("operator", PEER);
        assertThat(user.comparisons).hasValue(FailureLimit.FAILURES);

        assertRefused("operator", "wrong", PEER, 429, "60");
        assertRefused("operator", "correct", PEER, 429, "60");
        assertThat(user.comparisons).hasValue(FailureLimit.FAILURES);
    }

    @Test
    void loginWhenTheMinuteIsOverIsComparedAgain() {
        failToTheLimit("operator", PEER);
        clock.advance(Duration.ofSeconds(60));

        assertThat(login("operator", "correct", PEER).isAuthenticated()).isTrue();
    }

    @Test
    void loginWhenTheUserIsUnknownIsTreatedAlike() {
        failToTheLimit("nobody", PEER);

        assertThat(user.comparisons).hasValue(FailureLimit.FAILURES);
        assertRefused("nobody", "wrong", PEER, 429, "60");
    }

    @Test
    void loginWhenAnotherClientIsLockedIsCompared() {
        failToTheLimit("operator", PEER);

        assertThat(login("operator", "correct", OTHER_PEER).isAuthenticated()).isTrue();
    }

    @Test
    void loginWhenRememberedIsServedToALockedClientToo() {
        login("operator", "correct", OTHER_PEER);
        failToTheLimit("operator", PEER);

        assertThat(login("operator", "correct", PEER).isAuthenticated()).isTrue();
        assertRefused("operator", "wrong", PEER, 429, "60");
    }

    @Test
    void loginWhenTooManyWaitIsRefusedAtOnce() {
        CountDownLatch held = new CountDownLatch(1);
        user.held = held;
        for (int i = 0; i < 9; i++) { // one is being compared, eight wait
            String peer = "198.51.100." + i;
            Thread.ofVirtual().start(() -> assertWrong("operator", peer));
            await().until(() -> user.comparisons.get() == 1);
        }
        await().until(() -> authenticator.waiting() == 8);

        assertRefused("operator", "wrong", PEER, 503, "1");
        held.countDown();
        await().until(() -> count("wrong") == 9);
        assertThat(login("operator", "correct", PEER).isAuthenticated()).isTrue();
    }

    @Test
    void loginWhenManyOfOneClientWaitIsComparedNoMoreOftenThanTheLimit() {
        CountDownLatch held = new CountDownLatch(1);
        user.held = held;
        for (int i = 0; i < 9; i++) {
            Thread.ofVirtual().start(() -> assertFails("operator", PEER));
            await().until(() -> user.comparisons.get() == 1);
        }
        await().until(() -> authenticator.waiting() == 8);
        held.countDown();

        await().until(() -> count("wrong") + count("locked") == 9);
        assertThat(user.comparisons).hasValue(FailureLimit.FAILURES);
    }

    @Test
    void loginWhenItFailsIsCountedAndLoggedOnceAMinute(CapturedOutput output) {
        failToTheLimit("operator", PEER);
        assertFails("operator", PEER);
        clock.advance(Duration.ofMinutes(1));
        assertFails("operator", PEER);
        login("operator", "correct", PEER);

        assertThat(count("wrong")).isEqualTo(6);
        assertThat(count("locked")).isEqualTo(1);
        assertThat(count("correct")).isEqualTo(1);
        assertThat(count("busy")).isZero();
        assertThat(StringUtils.countOccurrencesOf(output.toString(), "Failed logins")).isEqualTo(2);
        assertThat(output)
                .contains("since the last such line: 1, the last from " + PEER)
                .contains("since the last such line: 6, the last from " + PEER)
                .doesNotContain("wrong");
    }

    private Authentication login(String name, String password, String peer) {
        var token = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
        token.setDetails(peer);
        return authenticator.authenticate(token);
    }

    private void failToTheLimit(String name, String peer) {
        IntStream.range(0, FailureLimit.FAILURES).forEach(_ -> assertWrong(name, peer));
    }

    private void assertWrong(String name, String peer) {
        assertThatExceptionOfType(BadCredentialsException.class)
                .isThrownBy(() -> login(name, "wrong", peer));
    }

    private void assertFails(String name, String peer) {
        assertThatThrownBy(() -> login(name, "wrong", peer));
    }

    private void assertRefused(
            String name, String password, String peer, int status, String retryAfter) {
        assertThatExceptionOfType(LoginRefusedException.class)
                .isThrownBy(() -> login(name, password, peer))
                .satisfies(
                        refused -> {
                            MockHttpServletResponse response = new MockHttpServletResponse();
                            refused.writeTo(response);
                            assertThat(response.getStatus()).isEqualTo(status);
                            assertThat(response.getHeader("Retry-After")).isEqualTo(retryAfter);
                        });
    }

    private double count(String outcome) {
        return registry.get(LoginRecord.METRIC).tag("outcome", outcome).counter().count();
    }

    private static class CountedUser extends MonitoringUser {

        private final AtomicInteger comparisons = new AtomicInteger();
        private volatile CountDownLatch held = new CountDownLatch(0);

        CountedUser() {
            super(properties("correct"));
        }

        @Override
        boolean matches(String presentedName, String presentedPassword) {
            comparisons.incrementAndGet();
            try {
                held.await();
            } catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
            return super.matches(presentedName, presentedPassword);
        }
    }

    static SecurityProperties.User properties(String password) {
        SecurityProperties.User properties = new SecurityProperties.User();
        properties.setName("operator");
        properties.setPassword(password);
        properties.setRoles(List.of("MONITOR"));
        return properties;
    }
}
