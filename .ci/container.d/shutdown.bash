# Sourced by .ci/container: the endpoint is removed, then SIGTERM comes, and requests in flight are answered.

failures=$work/failures
: >"$failures"
# On fresh connections, until no new client is sent here.
visit() {
  while [[ ! -e $work/endpoint-removed ]]; do
    outside curl -skf -m 20 -o /dev/null "https://$pod_address/" || echo "https: $?" >>"$failures"
    outside curl -sf -m 20 -o /dev/null -H "Host: $site" "http://$pod_address/a" || echo "http: $?" >>"$failures"
    echo visit >>"$work/visits"
  done
}
# On one connection, on and on: SIGTERM finds it amid its requests. Told to go, it connects anew, and
# is refused (7), or reset before it could ask anything (35), if it was in the kernel's queue.
stay() {
  outside curl -sk "--$1" --fail-early -m 20 -o /dev/null -w '%{http_code} %{exitcode}\n' \
    "https://$pod_address/ping?[1-10000000]" >"$work/stayed-$1-$2" || :
}
download() {
  local got
  got=$(outside curl -sk "--$1" -m 90 --limit-rate 1M -o /dev/null -w '%{http_code} %{size_download}' \
    "https://$pod_address/large.bin") || :
  [[ $got == "200 20000000" ]] || echo "download by $1: $got" >>"$failures"
}
visitors=()
for _ in 1 2 3; do
  visit &
  visitors+=($!)
done
await 40 "30 visits" sh -c "[ \$(wc -l <'$work/visits') -gt 30 ]"
others=()
for stayed in http1.1-1 http1.1-2 http2-1 http2-2; do
  stay ${stayed%-*} ${stayed#*-} &
  others+=($!)
done
for stayed in http1.1-1 http1.1-2 http2-1 http2-2; do
  await 90 "many requests on one connection" test -s "$work/stayed-$stayed" # curl writes in blocks
done
downloads=()
for version in http1.1 http2; do
  for _ in 1 2 3 4 5 6 7 8; do
    download $version &
    downloads+=($!)
  done
done
await 40 "20 connections" sh -c "[ \$(ip netns exec $pod_net ss -Htn state established sport = :443 | wc -l) -ge 20 ]"
touch "$work/endpoint-removed"
wait "${visitors[@]}" # as preStop waits
for download in "${downloads[@]}"; do
  kill -0 "$download" 2>/dev/null || fail "the downloads ended before SIGTERM"
done
before=$SECONDS
kill "$podman_pid"
code=0
wait "$podman_pid" || code=$?
podman_pid=
ended=$((SECONDS - before))
wait "${downloads[@]}" "${others[@]}"
for stayed in "$work"/stayed-*; do
  [[ $(tail -1 "$stayed") =~ ^"000 "(7|35)$ ]] || echo "stayed: ended by $(tail -1 "$stayed")" >>"$failures"
  head -n -1 "$stayed" | grep -vx '200 0' | sed 's/^/stayed: /' >>"$failures" || :
done
[[ ! -s $failures ]] || fail "lost requests at SIGTERM: $(sort "$failures" | uniq -c | paste -sd ,)"
[[ $code -eq 143 ]] || fail "ends by SIGTERM with 143, not $code"
grep -q 'Graceful shutdown complete' "$log" || fail "says that its shutdown was graceful"
ok "SIGTERM lost none of $(wc -l <"$work/visits") visits on fresh connections, $(cat "$work"/stayed-* | wc -l) requests on four kept ones, and 16 downloads in flight, half by HTTP/2; it took $ended s"
