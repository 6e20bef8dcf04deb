package dev.gatehouse.tools.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * From a name to addresses that may be connected to, looked up once: whoever connects is given the
 * address and never the name, so that a second answer cannot lead elsewhere (DNS rebinding).
 */
public class Resolver {

    private final NameLookup lookup;
    private final AddressGuard guard;

    Resolver(NameLookup lookup, AddressGuard guard) {
        this.lookup = lookup;
        this.guard = guard;
    }

    /** What a name leads to. */
    public sealed interface Resolution {}

    /** To these addresses, in the resolver's order. */
    public record Resolved(List<InetAddress> addresses) implements Resolution {}

    /** To none, or to one of ours: the two are not told apart, lest our own names be found out. */
    public record NoPublicAddress() implements Resolution {}

    /** Looks the name up; one address that is not a stranger's refuses them all. */
    public Resolution resolve(String host, Deadline deadline) {
        List<InetAddress> addresses = addresses(host, deadline);
        return addresses.isEmpty() || !addresses.stream().allMatch(guard::allows)
                ? new NoPublicAddress()
                : new Resolved(addresses);
    }

    private List<InetAddress> addresses(String host, Deadline deadline) {
        try {
            return List.of(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
        } catch (IllegalArgumentException _) {
            return lookUp(host, deadline);
        }
    }

    /** In a thread of its own, since the system's resolver knows no deadline. */
    private List<InetAddress> lookUp(String host, Deadline deadline) {
        FutureTask<List<InetAddress>> task = new FutureTask<>(() -> lookupOrNone(host));
        Thread.ofVirtual().name("lookup").start(task);
        try {
            return task.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException _) {
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
