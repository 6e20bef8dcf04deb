#!/usr/bin/env bash
# CPU of the server for each request with the access log and without: in one server, two paths that
# differ in gatehouse.access-log.exclude alone take turns, since two servers of the same code differ
# by more than the log costs. Medians of all turns. Standard output is a pipe, as in a container.
#   bench/access-log.sh [SECONDS [ROUNDS [SERVERS]]]     4 seconds, 4 rounds, 2 servers by default
# WARM=SECONDS for a warm-up of each path other than 12; VERBOSE=1 shows each turn.
# Needs: wrk, and what gatehouse.bash says.

set -euo pipefail
# shellcheck source=bench/gatehouse.bash
. "$(dirname "${BASH_SOURCE[0]}")/gatehouse.bash"

seconds=${1:-4}
rounds=${2:-4}
servers=${3:-2}
warm=${WARM:-12}

# load SECONDS URL
load() {
  wrk -t1 -c16 -d"$1s" -H "Host: localhost" -H "Via: 1.1 bench" "$2" >"$work/wrk"
}

# measure PID URL: CPU nanoseconds of a request
measure() {
  local before after count
  before=$(cpu_millis "$1")
  load "$seconds" "$2"
  after=$(cpu_millis "$1")
  count=$(awk '/requests in/ { print $1 }' "$work/wrk")
  echo $(((after - before) * 1000000 / count))
}

new_certificates
mkdir "$work/site"
cp "$bench/site/page.html" "$work/site/index.html"
cp "$bench/site/page.html" "$work/site/with.html"
cp "$bench/site/page.html" "$work/site/without.html"
mkfifo "$work/pipe"
for ((i = 0; i < servers; i++)); do
  wc -l <"$work/pipe" >>"$work/lines" &
  reader=$!
  https=$(free_port)
  http=$(free_port)
  gatehouse "$https" "$http" "$work/pipe" --gatehouse.site.root="file:$work/site/" \
    --gatehouse.access-log.exclude=/ping,/without.html
  for kind in redirect page; do
    if [[ $kind == redirect ]]; then
      url="http://127.0.0.1:$http/WHICH.html?q=1"
    else
      url="https://127.0.0.1:$https/WHICH.html"
    fi
    load "$warm" "${url/WHICH/without}"
    load "$warm" "${url/WHICH/with}"
    for ((round = 0; round < rounds; round++)); do
      for which in without with; do
        measure "$server" "${url/WHICH/$which}" >>"$work/$kind.$which"
      done
    done
  done
  dropped=$(curl -sk -u user:bench "https://127.0.0.1:$https/actuator/prometheus" |
    awk '/^gatehouse_access_log_lines_total.*dropped/ { print $2 }')
  end_servers
  wait "$reader"
done

echo "| request | without, ns | with, ns | cost |"
echo "|---|---|---|---|"
for kind in redirect page; do
  awk -v kind=$kind -v a="$(median "$work/$kind.without")" -v b="$(median "$work/$kind.with")" \
    'BEGIN { printf "| %s | %d | %d | %.1f %% |\n", kind, a, b, (b - a) * 100 / a }'
  if [[ -n ${VERBOSE:-} ]]; then
    echo "without: $(xargs <"$work/$kind.without")"
    echo "with: $(xargs <"$work/$kind.with")"
  fi
done
echo "lines written: $(xargs <"$work/lines"); dropped by the last server: ${dropped:-?}"
