# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by the scripts here after gatehouse.bash: runs pebble, Let's Encrypt's test server, with a
# name server that leads every name to this machine. Needs: Debian's package pebble, openssl.

# pebble HTTP_PORT: validates on that port. Sets $directory and $pebble_management; the certificate of
# the ACME server itself is $work/pebble.crt, the root of what it issues is $work/root.pem.
pebble() {
  local port dns
  port=$(free_port)
  dns=$(free_port)
  pebble_management=$(free_port)
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout "$work/pebble.key" -out "$work/pebble.crt" 2>/dev/null
  cat >"$work/pebble.json" <<JSON
{"pebble": {"listenAddress": "127.0.0.1:$port", "managementListenAddress": "127.0.0.1:$pebble_management",
  "certificate": "$work/pebble.crt", "privateKey": "$work/pebble.key",
  "httpPort": $1, "tlsPort": 1, "ocspResponderURL": "", "externalAccountBindingRequired": false,
  "certificateValidityPeriod": 7776000}}
JSON
  pebble-challtestsrv -defaultIPv6 "" -dns01 "127.0.0.1:$dns" -http01 "" -https01 "" -tlsalpn01 "" \
    -management "127.0.0.1:$(free_port)" >"$work/dns.log" 2>&1 &
  pids+=("$!")
  PEBBLE_VA_NOSLEEP=1 command pebble -config "$work/pebble.json" -dnsserver "127.0.0.1:$dns" \
    >"$work/pebble.log" 2>&1 &
  pids+=("$!")
  directory=https://localhost:$port/dir
  until curl -sfk -o "$work/root.pem" "https://127.0.0.1:$pebble_management/roots/0"; do sleep 0.1; done
}

# await_trusted NAME PORT: until a client that trusts pebble's root alone completes a request.
await_trusted() {
  local end=$((SECONDS + 120))
  until curl -sf --max-time 5 --cacert "$work/root.pem" --resolve "$1:$2:127.0.0.1" -o /dev/null \
    "https://$1:$2/"; do
    if ((SECONDS > end)); then
      echo "no trusted certificate for $1 on port $2 after two minutes" >&2
      return 1
    fi
    sleep 0.05
  done
}
