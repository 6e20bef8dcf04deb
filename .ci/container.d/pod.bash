# Sourced by .ci/container: the pod, its start and its end.

# As the chart's pod, but with 256 MiB, the least that is supported; told to the JVM, since there is no
# cgroup here.
start_pod() {
  # shellcheck disable=SC2016 # the inner shell's arguments
  unshare -m --propagation private sh -c 'mount -t cgroup2 none /sys/fs/cgroup && exec "$@"' sh \
    podman --root "$storage/root" --runroot "$storage/run" --cgroup-manager=cgroupfs run --rm \
    --pull=never --name "$pod_net" --ulimit nofile=4096:4096 --ulimit nproc=4096:4096 --cgroups=disabled \
    --network="ns:/run/netns/$pod_net" --read-only --read-only-tmpfs=false \
    --tmpfs /tmp:mode=1777,exec --cap-drop ALL --security-opt no-new-privileges \
    -v "$work/tls:/etc/gatehouse/tls:ro" -v "$work/gateways:/etc/gatehouse/gateways:ro" \
    -v "$work/config:/app/config:ro" -v "$work/site:/srv/site:ro" \
    -e SPRING_SECURITY_USER_NAME="$user" -e SPRING_SECURITY_USER_PASSWORD="$password" \
    -e JDK_JAVA_OPTIONS="-XX:MaxRAM=256m $*" localhost/gatehouse:ci >"$log" 2>&1 &
  podman_pid=$!
}

answers_https() {
  inside curl -skf -m 5 https://127.0.0.1/ping
}

end_pod() {
  kill "$podman_pid"
  wait "$podman_pid" || :
  podman_pid=
  log=
}

# The process in the pod's network.
java_pid() {
  local pid
  for pid in $(ip netns pids "$pod_net"); do
    [[ $(readlink "/proc/$pid/exe") != */opt/java/bin/java ]] || echo "$pid"
  done
}
