package dev.gatehouse.tools.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Resolves a name to addresses that may be connected to. The connection is made to the address and
 * never to the name, so that a second DNS answer cannot lead elsewhere (DNS rebinding).
 */
public class AddressResolver {

    /** Lookups at once; those that hang count until the system gives them up. */
    private static final int MOST_LOOKUPS = 32;

    private final DnsLookup lookup;
    private final AddressGuard guard;
    private final Executor lookups =
            new ThreadPoolExecutor(
                    0,
                    MOST_LOOKUPS,
                    10,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    Thread.ofPlatform().daemon().name("lookup-", 0).factory());

    AddressResolver(DnsLookup lookup, AddressGuard guard) {
        this.lookup = lookup;
        this.guard = guard;
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

    /** Looks the name up; one address that is not allowed refuses them all. */
    public Resolution resolve(String host, ResourceBudget budget) {
        List<InetAddress> addresses = addresses(host, budget);
        return addresses.isEmpty() || !addresses.stream().allMatch(guard::allows)
                ? new NoPublicAddress()
                : new Resolved(addresses);
    }

    private List<InetAddress> addresses(String host, ResourceBudget budget) {
        try {
            return List.of(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
        } catch (IllegalArgumentException _) {
            return lookUp(host, budget);
        }
    }

    /**
     * In a platform thread of its own: the system's resolver knows no deadline, and it would keep a
     * virtual thread's carrier from serving requests for as long as it waits.
     */
    private List<InetAddress> lookUp(String host, ResourceBudget budget) {
        try {
            return CompletableFuture.supplyAsync(() -> lookupOrNone(host), lookups)
                    .completeOnTimeout(List.of(), budget.remainingMillis(), TimeUnit.MILLISECONDS)
                    .get();
        } catch (ExecutionException | RejectedExecutionException _) {
            return List.of();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private List<InetAddress> lookupOrNone(String host) {
        try {
            return List.copyOf(lookup.lookup(host));
        } catch (UnknownHostException _) {
            return List.of();
        }
    }
}
