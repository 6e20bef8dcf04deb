package dev.gatehouse.security;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Authenticates the monitoring user at a bounded cost: anybody can send any number of wrong
 * passwords, and comparing hashes must not take the CPU from the connectors' threads.
 *
 * <p>Hashes are compared on one thread with a short queue. A client whose logins have failed too
 * often is refused without a comparison. A correct login is remembered and needs no comparison for
 * some minutes, so that it is served whatever other clients do, those behind the same address
 * included.
 */
class MonitoringUserAuthenticator implements AuthenticationManager, AutoCloseable {

    private static final int MOST_WAITING = 8;
    private static final Duration RETRY_WHEN_BUSY = Duration.ofSeconds(1);

    private final MonitoringUser user;
    private final RememberedLogin remembered;
    private final FailureLimit limit;
    private final LoginRecord record;
    private final ThreadPoolExecutor comparisons =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    Thread.ofPlatform().name("password-comparison").daemon().factory());

    MonitoringUserAuthenticator(
            MonitoringUser user,
            RememberedLogin remembered,
            FailureLimit limit,
            LoginRecord record) {
        this.user = user;
        this.remembered = remembered;
        this.limit = limit;
        this.record = record;
        comparisons.prestartCoreThread(); // on a thread of a request it would count as Tomcat's
    }

    /**
     * @param login its details are the address of the socket's peer; those of an extension's login
     *     are Spring Security's own, which have it
     */
    @Override
    public Authentication authenticate(Authentication login) {
        String name = login.getName();
        String password = String.valueOf(login.getCredentials());
        String peer =
                login.getDetails() instanceof WebAuthenticationDetails details
                        ? details.getRemoteAddress()
                        : String.valueOf(login.getDetails());
        LoginOutcome outcome = outcomeWithoutComparison(name, password, peer);
        if (outcome == null) {
            outcome = compare(name, password, peer);
        }
        record.add(outcome, peer);
        return switch (outcome) {
            case CORRECT -> user.authenticated();
            case WRONG -> throw new BadCredentialsException("Wrong user name or password");
            case LOCKED ->
                    throw new LoginRefusedException(
                            HttpStatus.TOO_MANY_REQUESTS, limit.lockedFor(peer));
            case BUSY ->
                    throw new LoginRefusedException(
                            HttpStatus.SERVICE_UNAVAILABLE, RETRY_WHEN_BUSY);
        };
    }

    private @Nullable LoginOutcome outcomeWithoutComparison(
            String name, String password, String peer) {
        if (remembered.isRemembered(name, password)) {
            return LoginOutcome.CORRECT;
        }
        return limit.lockedFor(peer).isZero() ? null : LoginOutcome.LOCKED;
    }

    private LoginOutcome compare(String name, String password, String peer) {
        try {
            return CompletableFuture.supplyAsync(
                            () -> compareOnThisThread(name, password, peer), comparisons)
                    .join();
        } catch (RejectedExecutionException _) {
            return LoginOutcome.BUSY;
        }
    }

    /** Looks again first: others of the queue may have been remembered or have failed meanwhile. */
    private LoginOutcome compareOnThisThread(String name, String password, String peer) {
        LoginOutcome known = outcomeWithoutComparison(name, password, peer);
        if (known != null) {
            return known;
        }
        if (!user.matches(name, password)) {
            limit.addFailure(peer);
            return LoginOutcome.WRONG;
        }
        remembered.remember(name, password);
        return LoginOutcome.CORRECT;
    }

    /** The number of logins that wait for their comparison. */
    int waiting() {
        return comparisons.getQueue().size();
    }

    @Override
    public void close() {
        comparisons.shutdownNow();
    }
}
