# Sourced by .ci/container: what this machine must be able to do, and how a check passes, fails or waits.

fail() {
  echo "not ok: $1" >&2
  [[ ! -s ${log:-} ]] || tail -40 "$log" >&2
  exit 1
}

ok() {
  echo "ok: $1"
}

# Waits until a command succeeds: seconds, what is waited for, the command.
await() {
  local seconds=$1 what=$2 deadline
  shift 2
  deadline=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    [[ $SECONDS -lt $deadline ]] || fail "$what, in $seconds s"
    [[ -z $podman_pid ]] || kill -0 "$podman_pid" 2>/dev/null || fail "$what: the container ended"
    sleep 0.05
  done
}

milliseconds() {
  echo $(($(date +%s%N) / 1000000))
}

can_run_containers() {
  local command
  for command in buildah podman crun mmdebstrap ip unshare openssl; do
    command -v "$command" >/dev/null || { echo "there is no $command"; return 1; }
  done
  [[ $(id -u) -eq 0 ]] || { echo "this is not root"; return 1; }
  ip netns add "$pod_net-try" 2>&1 && ip netns del "$pod_net-try" || return 1
  unshare -m --propagation private sh -c 'mount -t tmpfs none /mnt' 2>&1
}

if ! reason=$(can_run_containers); then
  echo "ci/container: this machine cannot run containers: $reason" >&2
  if [[ ${GATEHOUSE_CI_WITHOUT_CONTAINERS:-} == meant ]]; then
    echo "ci/container: NOT CHECKED, as GATEHOUSE_CI_WITHOUT_CONTAINERS=meant says" >&2
    exit 0
  fi
  echo "ci/container: set GATEHOUSE_CI_WITHOUT_CONTAINERS=meant if that is meant" >&2
  exit 1
fi
