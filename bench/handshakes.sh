#!/usr/bin/env bash
# Full and resumed TLS 1.3 and 1.2 handshakes, each with one GET of a small page: how many a second,
# and CPU of the server for each, for Gatehouse by each engine, nginx and Caddy, in one run.
#   bench/handshakes.sh [SECONDS]     for each measurement, 6 by default
# Needs: openssl, nginx, caddy, and what gatehouse.bash says.

set -euo pipefail
# shellcheck source=bench/gatehouse.bash
. "$(dirname "${BASH_SOURCE[0]}")/gatehouse.bash"

seconds=${1:-6}

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
    listen 127.0.0.1:28445 ssl http2;
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
  await_https 28445
}

caddy_server() {
  cat >"$work/Caddyfile" <<CONF
{
  auto_https off
  admin off
}
https://localhost:28446, https://127.0.0.1:28446 {
  bind 127.0.0.1
  tls $work/tls/tls.crt $work/tls/tls.key
  respond /ping pong
}
CONF
  HOME=$work caddy run --config "$work/Caddyfile" --adapter caddyfile >"$work/caddy.log" 2>&1 &
  server=$!
  pids+=("$server")
  await_https 28446
}

# measure NAME PORT PID new|reuse PROTOCOL
measure() {
  local before after count
  before=$(cpu_millis "$3")
  # s_time prints "N connections in T real seconds"; two clients, as there are two cores.
  for _ in 1 2; do
    openssl s_time -connect 127.0.0.1:"$2" "-$4" -www /ping -time "$seconds" "-$5" \
      2>/dev/null >"$work/s_time.$RANDOM$RANDOM" &
    clients+=($!)
  done
  wait "${clients[@]}"
  clients=()
  after=$(cpu_millis "$3")
  count=$(awk '/connections in .* real seconds/ { n += $1 } END { print n + 0 }' "$work"/s_time.*)
  rm -f "$work"/s_time.*
  echo "| $1 | $5 | $4 | $((count / seconds)) | $(((after - before) * 1000 / count)) |"
}

clients=()
new_certificates
declare -A ports=([conscrypt]=28443 [jsse]=28444 [nginx]=28445 [caddy]=28446) processes
gatehouse 28443 28080 "$work/conscrypt.log" --gatehouse.tls.engine=conscrypt
processes[conscrypt]=$server
gatehouse 28444 28081 "$work/jsse.log" --gatehouse.tls.engine=jsse
processes[jsse]=$server
nginx_server
processes[nginx]=$server
caddy_server
processes[caddy]=$server

for name in conscrypt jsse; do # warm
  openssl s_time -connect 127.0.0.1:"${ports[$name]}" -new -www /ping -time "$seconds" >/dev/null 2>&1
done
echo "| server | protocol | handshakes | a second | CPU, us each |"
echo "|---|---|---|---|---|"
for protocol in tls1_3 tls1_2; do
  for kind in new reuse; do
    for name in conscrypt jsse nginx caddy; do
      measure "$name" "${ports[$name]}" "${processes[$name]}" "$kind" "$protocol"
    done
  done
done
