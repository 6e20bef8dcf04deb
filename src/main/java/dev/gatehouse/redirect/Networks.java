package dev.gatehouse.redirect;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several networks, any of which may hold an address. */
final class Networks {

    private final Network[] networks;

    private Networks(List<Network> networks) {
        this.networks = networks.toArray(Network[]::new);
    }

    /** The networks of a property that is a list, or the start is stopped. */
    static Networks parse(String property, List<String> values) {
        return new Networks(
                IntStream.range(0, values.size())
                        .mapToObj(i -> Network.parse(property + "[" + i + "]", values.get(i)))
                        .toList());
    }

    boolean isEmpty() {
        return networks.length == 0;
    }

    boolean contains(byte[] address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return List.of(networks).stream().map(Network::toString).collect(Collectors.joining(", "));
    }
}
