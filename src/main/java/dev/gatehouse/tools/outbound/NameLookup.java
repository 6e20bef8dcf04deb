package dev.gatehouse.tools.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Asks for the addresses of a name. */
@FunctionalInterface
interface NameLookup {

    /** The system's resolver. The last dot keeps a cluster's search list out of it. */
    NameLookup SYSTEM = name -> List.of(InetAddress.getAllByName(name + "."));

    List<InetAddress> lookup(String name) throws UnknownHostException;
}
