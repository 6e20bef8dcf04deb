# Sourced by the scripts here: starts servers on loopback, reads their CPU, ends them.
# Needs: target/gatehouse.jar (./mvnw package), a JDK 25 as JAVA_HOME or `java`, curl.

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jar=${GATEHOUSE_JAR:-$bench/../target/gatehouse.jar}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
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
  (cd "$work" && exec "$java" --enable-native-access=ALL-UNNAMED -jar "$jar" \
    --server.port="$1" --gatehouse.http.port="$2" \
    --spring.ssl.bundle.pem.site.keystore.certificate="$work/tls/tls.crt" \
    --spring.ssl.bundle.pem.site.keystore.private-key="$work/tls/tls.key" "${@:4}") >"$3" 2>&1 &
  server=$!
  pids+=("$server")
  await_https "$1"
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
