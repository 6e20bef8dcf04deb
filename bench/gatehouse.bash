# Sourced by the scripts here: starts servers on loopback, reads their CPU, ends them.
# JAVA_MORE has more flags for the JVM, after those of src/packaging/jvm.options and a limit of 256 MiB.
# Needs: target/gatehouse.jar (./mvnw package), a JDK 25 where mvnw finds one, curl, python3.

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jar=${GATEHOUSE_JAR:-$bench/../target/gatehouse.jar}
# shellcheck source=bench/jdk.bash
. "$bench/jdk.bash"
work=$(mktemp -d)
pids=()

end_servers() {
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null || true
  done
  wait "${pids[@]}" 2>/dev/null || true
  pids=()
}

clean_up() {
  end_servers
  rm -rf "$work"
}
trap clean_up EXIT

# A port on which nothing listens now.
free_port() {
  python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# median FILE: of the numbers in it, one a line.
median() {
  sort -n "$1" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'
}

await_https() {
  for _ in $(seq 900); do
    if curl -sk -o /dev/null "https://127.0.0.1:$1/"; then
      return
    fi
    sleep 0.2
  done
  echo "nothing answers on port $1" >&2
  return 1
}

# gatehouse HTTPS_PORT HTTP_PORT LOG ARGUMENTS...: its process id is in $server.
gatehouse() {
  # shellcheck disable=SC2086
  (cd "$work" && exec "$java" "@$bench/../src/packaging/jvm.options" -XX:MaxRAM=256m ${JAVA_MORE:-} -jar "$jar" \
    --server.port="$1" --gatehouse.http.port="$2" \
    --spring.ssl.bundle.pem.site.keystore.certificate="$work/tls/tls.crt" \
    --spring.ssl.bundle.pem.site.keystore.private-key="$work/tls/tls.key" \
    --spring.security.user.password=bench "${@:4}") >"$3" 2>&1 &
  server=$!
  pids+=("$server")
  await_https "$1"
}

# limit_memory MEBIBYTES: for launch_limited; a memory cgroup where one can be made, as root, else -XX:MaxRAM.
limit_memory() {
  limit_mebibytes=$1
  cgroups=/sys/fs/cgroup/memory
  local file=memory.limit_in_bytes
  if [[ -f /sys/fs/cgroup/cgroup.controllers ]]; then
    cgroups=/sys/fs/cgroup
    file=memory.max
  fi
  cgroup=$cgroups/gatehouse-bench-$$
  if mkdir "$cgroup" 2>/dev/null; then
    trap 'clean_up; rmdir "$cgroup"' EXIT
    echo "$(($1 << 20))" >"$cgroup/$file"
    echo "$1 MiB by memory cgroup"
  else
    cgroup=
    echo "$1 MiB by -XX:MaxRAM"
  fi
}

# launch_limited LOG HTTPS_PORT HTTP_PORT ARGUMENTS...: the server of FOLDER, or target/gatehouse, with the AOT
# cache that src/packaging/TrainAot.java makes, in that memory; its process id is in $server.
launch_limited() {
  (
    if [[ -n $cgroup ]]; then
      echo "$BASHPID" >"$cgroup/cgroup.procs"
    fi
    cd "${FOLDER:-$bench/../target/gatehouse}"
    exec "$java" @jvm.options "-XX:MaxRAM=${limit_mebibytes}m" -jar gatehouse.jar \
      --server.port="$2" --gatehouse.http.port="$3" \
      --spring.ssl.bundle.pem.site.keystore.certificate="$work/tls/tls.crt" \
      --spring.ssl.bundle.pem.site.keystore.private-key="$work/tls/tls.key" "${@:4}"
  ) >"$1" 2>&1 &
  server=$!
  pids+=("$server")
  await_https "$2"
}

# Of the server: RSS without the page cache, and with the pages of files that it has mapped.
resident() {
  awk '/^RssAnon/ { anon = $2 } /^RssFile/ { file = $2 }
    END { printf "%d MB resident, %d of it shared with files", (anon + file) / 1024, file / 1024 }' \
    "/proc/$server/status"
}

new_certificates() {
  "$bench/certificates.sh" ca "$work/ca"
  "$bench/certificates.sh" pair "$work/ca" first
  "$bench/certificates.sh" swap "$work/ca" first "$work/tls"
}

# cpu_millis PID...: milliseconds of CPU that the processes and their children have used.
cpu_millis() {
  local total=0 pid fields
  for pid in "$@" $(for p in "$@"; do cat "/proc/$p/task/$p/children"; done); do
    read -ra fields <<<"$(sed 's/.*) //' "/proc/$pid/stat")"
    total=$((total + fields[11] + fields[12]))
  done
  echo $((total * 1000 / $(getconf CLK_TCK)))
}
