#!/usr/bin/env bash
# Swaps the certificate under load on both connectors, as Kubernetes does, and fails if a request
# fails or if the new certificate is not on the wire within the quiet period plus 2 s.
#   bench/reloads.sh [RELOADS]     50 by default
# VERBOSE=1 tells each one. Needs: wrk, openssl, python3, and what gatehouse.bash says.

set -euo pipefail
# shellcheck source=bench/gatehouse.bash
. "$(dirname "${BASH_SOURCE[0]}")/gatehouse.bash"

reloads=${1:-50}
quiet_millis=200
limit_millis=$((quiet_millis + 2000))

# When that certificate was first on the wire, in milliseconds since 1970: one process that asks
# again and again, since a new one for each question would be slower than what it measures.
await_on_wire() {
  python3 - "$1" "$https" $((10 * limit_millis)) <<'PY'
import socket, ssl, sys, time
END = "-----END CERTIFICATE-----\n"
wanted = ssl.PEM_cert_to_DER_cert(open(sys.argv[1]).read().partition(END)[0] + END)
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
deadline = time.time() + int(sys.argv[3]) / 1000
while time.time() < deadline:
    with socket.create_connection(("127.0.0.1", int(sys.argv[2]))) as plain:
        with context.wrap_socket(plain) as tls:
            seen = tls.getpeercert(binary_form=True)
    if seen == wanted:
        break
    time.sleep(0.01)
print(int(time.time() * 1000))
PY
}

# When Gatehouse said for the Nth time that it took a certificate.
taken() {
  date -d "$(grep "was reloaded: " "$work/own.log" | sed -n "$1{s/ .*//p}")" +%s%3N
}

now() {
  date +%s%3N
}

https=$(free_port)
http=$(free_port)
new_certificates
gatehouse "$https" "$http" "$work/log" --gatehouse.tls.engine="${ENGINE:-auto}" \
  --logging.file.name="$work/own.log" \
  --spring.ssl.bundle.watch.file.quiet-period=${quiet_millis}ms

load=()
wrk -t1 -c20 -d600s https://127.0.0.1:"$https"/ >"$work/kept" &
load+=($!)
wrk -t1 -c4 -d600s -H "Connection: close" https://127.0.0.1:"$https"/ >"$work/anew" &
load+=($!)
wrk -t1 -c20 -d600s -H "Host: localhost" -H "Via: 1.1 bench" http://127.0.0.1:"$http"/a >"$work/plain" &
load+=($!)
sleep 5

slowest=0
slowest_taken=0
total=0
for ((i = 1; i <= reloads; i++)); do
  "$bench/certificates.sh" pair "$work/ca" next
  "$bench/certificates.sh" swap "$work/ca" next "$work/tls"
  swapped=$(now)
  took=$(($(await_on_wire "$work/ca/next.crt") - swapped))
  taken=$(($(taken $i) - swapped))
  total=$((total + took))
  slowest=$((took > slowest ? took : slowest))
  slowest_taken=$((taken > slowest_taken ? taken : slowest_taken))
  if [[ -n ${VERBOSE:-} ]]; then
    echo "reload $i: taken after $taken ms, on the wire after $took ms"
  fi
done

for pid in "${load[@]}"; do
  kill -INT "$pid"
done
wait "${load[@]}" || true

failed=0
for which in kept anew plain; do
  echo "$which: $(grep -E "requests in" "$work/$which" | xargs), $(grep -E "Socket errors|Non-2xx" "$work/$which" | xargs || true)"
  if grep -qE "Socket errors|Non-2xx" "$work/$which"; then
    failed=1
  fi
done
echo "$reloads reloads: on the wire after $((total / reloads)) ms on average, $slowest ms at most" \
  "(limit $limit_millis ms, quiet period $quiet_millis ms); taken after $slowest_taken ms at most"
echo "taken by the log: $(grep -c "was reloaded: " "$work/own.log"), warnings: $(grep -cE " (WARN|ERROR) " "$work/own.log" || true)"
if ((failed || slowest > limit_millis)); then
  exit 1
fi
