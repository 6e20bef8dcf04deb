#!/usr/bin/env bash
# Full and resumed TLS 1.3 and 1.2 handshakes, each with one GET of a small page: how many a second,
# and CPU of the server for each, for Gatehouse by each engine, nginx and Caddy, in one run.
#   bench/handshakes.sh [SECONDS [ROUNDS]]     of 5 seconds and 3 rounds by default; medians
# WARM=SECONDS for a warm-up of the JVMs other than 20.
# Needs: openssl, nginx, caddy, and what gatehouse.bash says.

set -euo pipefail
# shellcheck source=bench/gatehouse.bash
. "$(dirname "${BASH_SOURCE[0]}")/gatehouse.bash"

seconds=${1:-5}
rounds=${2:-3}
warm=${WARM:-20}
names=(conscrypt jsse nginx caddy)

nginx_server() {
  mkdir -p "$work/nginx"
  printf 'pong' >"$work/nginx/ping"
  cat >"$work/nginx.conf" <<CONF
daemon off;
pid $work/nginx.pid;
error_log $work/nginx.log;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path $work/nginx/b; proxy_temp_path $work/nginx/p;
  fastcgi_temp_path $work/nginx/f; uwsgi_temp_path $work/nginx/u; scgi_temp_path $work/nginx/s;
  server {
    listen 127.0.0.1:${ports[nginx]} ssl http2;
    ssl_certificate $work/tls/tls.crt;
    ssl_certificate_key $work/tls/tls.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:s:10m;
    root $work/nginx;
  }
}
CONF
  chmod 755 "$work" "$work/nginx"
  nginx -c "$work/nginx.conf" 2>/dev/null &
  server=$!
  pids+=("$server")
  await_https "${ports[nginx]}"
}

caddy_server() {
  cat >"$work/Caddyfile" <<CONF
{
  auto_https off
  admin off
}
https://localhost:${ports[caddy]}, https://127.0.0.1:${ports[caddy]} {
  bind 127.0.0.1
  tls $work/tls/tls.crt $work/tls/tls.key
  respond /ping pong
}
CONF
  HOME=$work caddy run --config "$work/Caddyfile" --adapter caddyfile >"$work/caddy.log" 2>&1 &
  server=$!
  pids+=("$server")
  await_https "${ports[caddy]}"
}

# clients SECONDS NAME new|reuse PROTOCOL: how many handshakes two clients did, as there are two cores
clients() {
  local clients=()
  for _ in 1 2; do
    # It prints "N connections in T real seconds".
    openssl s_time -connect 127.0.0.1:"${ports[$2]}" "-$3" -www /ping -time "$1" "-$4" \
      2>/dev/null >"$work/s_time.$RANDOM$RANDOM" &
    clients+=($!)
  done
  wait "${clients[@]}"
  awk '/connections in .* real seconds/ { n += $1 } END { print n + 0 }' "$work"/s_time.*
  rm -f "$work"/s_time.*
}

# measure NAME new|reuse PROTOCOL
measure() {
  local before after count
  before=$(cpu_millis "${processes[$1]}")
  count=$(clients "$seconds" "$1" "$2" "$3")
  after=$(cpu_millis "${processes[$1]}")
  echo $((count / seconds)) >>"$work/$1.$2.$3.rate"
  echo $(((after - before) * 1000 / count)) >>"$work/$1.$2.$3.cpu"
}

new_certificates
declare -A ports processes
for name in "${names[@]}"; do
  ports[$name]=$(free_port)
done
for engine in conscrypt jsse; do
  gatehouse "${ports[$engine]}" "$(free_port)" "$work/$engine.log" --gatehouse.tls.engine=$engine
  processes[$engine]=$server
done
nginx_server
processes[nginx]=$server
caddy_server
processes[caddy]=$server

for name in conscrypt jsse; do
  clients "$warm" $name new tls1_3 >/dev/null
  clients $((warm / 4)) $name reuse tls1_3 >/dev/null
  clients $((warm / 4)) $name new tls1_2 >/dev/null
  clients $((warm / 4)) $name reuse tls1_2 >/dev/null
done
for ((round = 0; round < rounds; round++)); do
  for protocol in tls1_3 tls1_2; do
    for kind in new reuse; do
      for name in "${names[@]}"; do
        measure "$name" $kind $protocol
      done
    done
  done
done

echo "handshakes a second / CPU us of the server for each"
echo "| server | TLS 1.3 full | 1.3 resumed | TLS 1.2 full | 1.2 resumed |"
echo "|---|---|---|---|---|"
for name in "${names[@]}"; do
  row="| $name |"
  for protocol in tls1_3 tls1_2; do
    for kind in new reuse; do
      row+=" $(median "$work/$name.$kind.$protocol.rate") / $(median "$work/$name.$kind.$protocol.cpu") |"
    done
  done
  echo "$row"
done
