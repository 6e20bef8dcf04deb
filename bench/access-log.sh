#!/usr/bin/env bash
# CPU of the server for each request with the access log and without: pairs of servers, one of each,
# that take turns; the medians of all turns. Standard output is a pipe, as in a container.
#   bench/access-log.sh [SECONDS [ROUNDS [PAIRS]]]     of 6 seconds, 3 rounds and 3 pairs by default
# WARM=SECONDS for a warm-up other than 15. Needs: wrk, and what gatehouse.bash says.

set -euo pipefail
# shellcheck source=bench/gatehouse.bash
. "$(dirname "${BASH_SOURCE[0]}")/gatehouse.bash"

seconds=${1:-6}
rounds=${2:-3}
pairs=${3:-3}
warm=${WARM:-15}

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
mkfifo "$work/pipe"
for ((pair = 0; pair < pairs; pair++)); do
  wc -l <"$work/pipe" >>"$work/lines" &
  reader=$!
  # shellcheck disable=SC2034 # by its name, below
  declare -A page redirect
  for which in with without; do
    https=$(free_port)
    http=$(free_port)
    page[$which]="https://127.0.0.1:$https/"
    redirect[$which]="http://127.0.0.1:$http/some/page?q=1"
    if [[ $which == with ]]; then
      gatehouse "$https" "$http" "$work/pipe" --gatehouse.access-log.enabled=true
      with=$server
    else
      gatehouse "$https" "$http" "$work/without.log" --gatehouse.access-log.enabled=false
      without=$server
    fi
  done
  for kind in redirect page; do
    declare -n url=$kind
    load "$warm" "${url[without]}"
    load "$warm" "${url[with]}"
    for ((i = 0; i < rounds; i++)); do
      measure "$without" "${url[without]}" >>"$work/$kind.without"
      measure "$with" "${url[with]}" >>"$work/$kind.with"
    done
  done
  if ((pair == pairs - 1)); then
    dropped=$(curl -sk -u user:bench "${page[with]}actuator/prometheus" |
      awk '/^gatehouse_access_log_lines_total.*dropped/ { print $2 }')
  fi
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
