package dev.gatehouse.tools.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a name. */
@FunctionalInterface
interface DnsLookup {

    /** The system's resolver. The last dot avoids a cluster's search list. */
    DnsLookup SYSTEM = name -> List.of(InetAddress.getAllByName(name + "."));

    List<InetAddress> lookup(String name) throws UnknownHostException;
}
