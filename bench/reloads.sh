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

# Tells in $work/seen when another certificate was on the wire than before: milliseconds since 1970
# and fingerprint. One process that runs all the time, since to start one costs more than a look.
watch_wire() {
  exec python3 - "$https" <<'PY'
import hashlib, socket, ssl, sys, time
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
last = None
while True:
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as plain:
        with context.wrap_socket(plain) as tls:
            seen = hashlib.sha256(tls.getpeercert(binary_form=True)).hexdigest()
    if seen != last:
        print(int(time.time() * 1000), seen, flush=True)
        last = seen
    time.sleep(0.02)
PY
}

# When that certificate was first on the wire; now, if it is not after a long while.
on_wire() {
  local fingerprint found
  fingerprint=$(openssl x509 -in "$1" -noout -fingerprint -sha256 | sed 's/.*=//; s/://g')
  for ((look = 0; look < 100; look++)); do
    if found=$(grep -i " $fingerprint" "$work/seen"); then
      echo "${found%% *}"
      return
    fi
    sleep 0.2
  done
  now
}

# When Gatehouse first said after that moment that it took a certificate.
taken() {
  local since found
  since=$(date -u -d "@$(awk -v ms="$1" 'BEGIN { printf "%.3f", ms / 1000 }')" +%FT%T.%3NZ)
  for ((look = 0; look < 100; look++)); do
    found=$(awk -v since="$since" '/was reloaded: / && $1 >= since { print $1; exit }' "$work/own.log")
    if [[ -n $found ]]; then
      date -d "$found" +%s%3N
      return
    fi
    sleep 0.2
  done
  now
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
watch_wire >"$work/seen" &
pids+=("$!")
sleep 5

slowest=0
slowest_taken=0
total=0
for ((i = 1; i <= reloads; i++)); do
  "$bench/certificates.sh" pair "$work/ca" next
  "$bench/certificates.sh" swap "$work/ca" next "$work/tls"
  swapped=$(now)
  took=$(($(on_wire "$work/ca/next.crt") - swapped))
  taken=$(($(taken "$swapped") - swapped))
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
