#!/usr/bin/env bash
# Swaps the certificate under load on both connectors, as Kubernetes does, and fails if a request
# fails or if the new certificate is not on the wire within the quiet period plus 2 s.
#   bench/reloads.sh [RELOADS]     50 by default
# Needs: wrk, openssl, and what gatehouse.bash says.

set -euo pipefail
# shellcheck source=bench/gatehouse.bash
. "$(dirname "${BASH_SOURCE[0]}")/gatehouse.bash"

reloads=${1:-50}
quiet_millis=200
limit_millis=$((quiet_millis + 2000))

serial_on_wire() {
  openssl s_client -connect 127.0.0.1:28443 </dev/null 2>/dev/null | openssl x509 -noout -serial
}

now() {
  date +%s%3N
}

new_certificates
gatehouse 28443 28080 "$work/log" --gatehouse.tls.engine="${ENGINE:-auto}" \
  --spring.ssl.bundle.watch.file.quiet-period=${quiet_millis}ms

load=()
wrk -t1 -c20 -d600s https://127.0.0.1:28443/ >"$work/kept" &
load+=($!)
wrk -t1 -c4 -d600s -H "Connection: close" https://127.0.0.1:28443/ >"$work/anew" &
load+=($!)
wrk -t1 -c20 -d600s -H "Host: localhost" -H "Via: 1.1 bench" http://127.0.0.1:28080/a >"$work/plain" &
load+=($!)
sleep 5

slowest=0
total=0
for ((i = 1; i <= reloads; i++)); do
  "$bench/certificates.sh" pair "$work/ca" next
  wanted=$(openssl x509 -in "$work/ca/next.crt" -noout -serial)
  "$bench/certificates.sh" swap "$work/ca" next "$work/tls"
  swapped=$(now)
  until [[ $(serial_on_wire) == "$wanted" ]]; do
    if (($(now) - swapped > 10 * limit_millis)); then
      break
    fi
  done
  took=$(($(now) - swapped))
  total=$((total + took))
  slowest=$((took > slowest ? took : slowest))
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
  "(limit $limit_millis ms, quiet period $quiet_millis ms)"
echo "taken by the log: $(grep -c "was reloaded: " "$work/log"), warnings: $(grep -cE " (WARN|ERROR) " "$work/log" || true)"
if ((failed || slowest > limit_millis)); then
  exit 1
fi
