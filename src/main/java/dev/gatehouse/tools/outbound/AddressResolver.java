package dev.gatehouse.tools.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Resolves a name to addresses that may be connected to. The connection is made to the address and
 * never to the name, so that a second DNS answer cannot lead elsewhere (DNS rebinding).
 */
public class AddressResolver {

    /** Lookups at once; those that hang count until the system gives them up. */
    private static final int MOST_LOOKUPS = 32;

    private static final int MOST_WAITING = 1024;

    private final DnsLookup lookup;
    private final AddressGuard guard;
    private final Executor lookups = lookups();

    AddressResolver(DnsLookup lookup, AddressGuard guard) {
        this.lookup = lookup;
        this.guard = guard;
    }

    private static Executor lookups() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        MOST_LOOKUPS,
                        MOST_LOOKUPS,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MOST_WAITING),
                        Thread.ofPlatform().daemon().name("lookup-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** The same, but names may lead to any address except those of metadata services. */
    AddressResolver opened() {
        return new AddressResolver(
                lookup, address -> guard.allows(address) || !MetadataAddresses.contains(address));
    }

    boolean allows(InetAddress address) {
        return guard.allows(address);
    }

    /** What a name resolves to. */
    public sealed interface Resolution {}

    /** To these addresses, in the resolver's order. */
    public record Resolved(List<InetAddress> addresses) implements Resolution {}

    /**
     * To none, or to one that is not public. The two look alike, so that internal names stay
     * unknown.
     */
    public record NoPublicAddress() implements Resolution {}

    /** Not known: no name server answered in time. */
    public record LookupFailed() implements Resolution {}

    /** Looks the name up; one address that is not allowed refuses them all. */
    public Resolution resolve(String host, ResourceBudget budget) {
        try {
            return allowed(List.of(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""))));
        } catch (IllegalArgumentException _) {
            return lookUp(host, budget);
        }
    }

    private Resolution allowed(List<InetAddress> addresses) {
        return addresses.isEmpty() || !addresses.stream().allMatch(guard::allows)
                ? new NoPublicAddress()
                : new Resolved(addresses);
    }

    /**
     * In a platform thread of its own: the system's resolver knows no deadline, and it would keep a
     * virtual thread's carrier from serving requests for as long as it waits.
     */
    private Resolution lookUp(String host, ResourceBudget budget) {
        try {
            return CompletableFuture.supplyAsync(() -> lookUp(host), lookups)
                    .completeOnTimeout(
                            new LookupFailed(), budget.remainingMillis(), TimeUnit.MILLISECONDS)
                    .get();
        } catch (ExecutionException | RejectedExecutionException _) {
            return new LookupFailed();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new LookupFailed();
        }
    }

    private Resolution lookUp(String host) {
        try {
            return allowed(List.copyOf(lookup.lookup(host)));
        } catch (UnknownHostException ex) {
            return isTemporary(String.valueOf(ex.getMessage()))
                    ? new LookupFailed()
                    : new NoPublicAddress();
        }
    }

    /** The JDK passes on no code, but the text of the C library, of glibc or musl. */
    private static boolean isTemporary(String message) {
        return message.endsWith("Temporary failure in name resolution")
                || message.endsWith("Try again");
    }
}
