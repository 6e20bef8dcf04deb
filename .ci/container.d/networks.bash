# Sourced by .ci/container: the pod's own network, a client's, and a wire between them.

ip netns add "$pod_net"
ip netns add "$client_net"
ip -n "$pod_net" link set lo up
ip -n "$client_net" link set lo up
ip -n "$pod_net" link add eth0 type veth peer name eth0 netns "$client_net"
ip -n "$pod_net" address add "$pod_address/24" dev eth0
ip -n "$client_net" address add "$client_address/24" dev eth0
ip -n "$pod_net" link set eth0 up
ip -n "$client_net" link set eth0 up
ip netns exec "$pod_net" sysctl -qw net.ipv4.ip_unprivileged_port_start=0

inside() {
  ip netns exec "$pod_net" "$@"
}

outside() {
  ip netns exec "$client_net" "$@"
}
