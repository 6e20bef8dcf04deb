#!/usr/bin/env bash
# CPU of the server for each request with the access log and without, in turns, in one run.
#   bench/access-log.sh [SECONDS]     for each measurement, 8 by default
# Needs: wrk, and what gatehouse.bash says.

set -euo pipefail
# shellcheck source=bench/gatehouse.bash
. "$(dirname "${BASH_SOURCE[0]}")/gatehouse.bash"

seconds=${1:-8}
rounds=4

# measure PID URL: CPU nanoseconds of a request
measure() {
  local before after count
  before=$(cpu_millis "$1")
  wrk -t1 -c16 -d"${seconds}s" -H "Host: localhost" -H "Via: 1.1 bench" "$2" >"$work/wrk"
  after=$(cpu_millis "$1")
  count=$(awk '/requests in/ { print $1 }' "$work/wrk")
  echo $(((after - before) * 1000000 / count))
}

new_certificates
gatehouse 28443 28080 "$work/with.log" --gatehouse.access-log.enabled=true
with=$server
gatehouse 28444 28081 "$work/without.log" --gatehouse.access-log.enabled=false
without=$server

echo "| request | without, ns | with, ns | cost | lines written |"
echo "|---|---|---|---|---|"
for kind in redirect page; do
  if [[ $kind == redirect ]]; then
    urls=(http://127.0.0.1:28081/some/page?q=1 http://127.0.0.1:28080/some/page?q=1)
  else
    urls=(https://127.0.0.1:28444/ https://127.0.0.1:28443/)
  fi
  measure "$without" "${urls[0]}" >/dev/null
  measure "$with" "${urls[1]}" >/dev/null
  least_without=999999999
  least_with=999999999
  for ((i = 0; i < rounds; i++)); do
    n=$(measure "$without" "${urls[0]}")
    least_without=$((n < least_without ? n : least_without))
    n=$(measure "$with" "${urls[1]}")
    least_with=$((n < least_with ? n : least_with))
  done
  cost=$(awk -v a="$least_without" -v b="$least_with" 'BEGIN { printf "%.1f %%", (b - a) * 100 / a }')
  echo "| $kind | $least_without | $least_with | $cost | $(grep -c '^{' "$work/with.log") |"
done
