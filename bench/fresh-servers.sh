#!/usr/bin/env bash
# Ten fresh servers, each with 16, 100, 500, 1,500, 1,500 and 3,000 connections, five over HTTP/1.1 and
# five over HTTP/2: none may end, and the second round of 1,500 may not be slower than the first.
#
#   bench/fresh-servers.sh         MEBIBYTES=384 SERVERS=10 SECONDS_EACH=10
#
# The servers are those of target/gatehouse, with the AOT cache that src/packaging/TrainAot.java makes, as in the
# image: without it classes take 50 MB more. FOLDER names another.
# In a memory cgroup where one can be made, as root, else by -XX:MaxRAM; the first line says which.
# Needs, beside what bench/gatehouse.bash needs: wrk, h2load.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=bench/gatehouse.bash
. bench/gatehouse.bash

mebibytes=${MEBIBYTES:-384}
seconds=${SECONDS_EACH:-10}
limit_memory "$mebibytes"
new_certificates

load() { # CONNECTIONS PROTOCOL: requests a second
  if [[ $2 == 1 ]]; then
    wrk -t1 -c"$1" -d"${seconds}s" --timeout 20s "https://127.0.0.1:$https/" | awk '/^Requests\/sec/ { print $2 }'
  else
    h2load -c"$1" -m4 -D"$seconds" "https://127.0.0.1:$https/" | awk '/^finished in/ { print $4 }'
  fi
}

for ((i = 1; i <= ${SERVERS:-10}; i++)); do
  https=$(free_port)
  http=$(free_port)
  launch_limited "$work/log-$i" "$https" "$http"
  protocol=$((i % 2 + 1))
  rates=
  for connections in 16 100 500 1500 1500 3000; do
    rates+=" $(load "$connections" "$protocol")"
    if ! kill -0 "$server" 2>/dev/null; then
      echo "server $i ended with $connections connections: $(tail -1 "$work/log-$i")"
      exit 1
    fi
  done
  echo "server $i, HTTP/$protocol: requests/s$rates; $(resident)"
  end_servers
done
