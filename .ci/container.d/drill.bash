# Sourced by .ci/container: a connector that dies, and is restarted.

liveness() {
  inside curl -sk -m 5 -o /dev/null -w '%{http_code}' "$1/actuator/health/liveness"
}
liveness_is() {
  [[ $(liveness "$1") == "$2" ]]
}
# Which connector, how it dies, and the other one, which is asked meanwhile: a local client may ask
# over plain HTTP, too.
drill() {
  local before=$SECONDS
  [[ $(inside curl -sk -m 20 -u "$user:$password" -X POST -o /dev/null -w '%{http_code}' \
    "$3/actuator/drill/$1/$2") == 200 ]] || fail "the drill kills $1 by $2"
  await 40 "liveness is 503 while $1 is dead by $2" liveness_is "$3" 503
  await 40 "liveness is 200 again" liveness_is "$3" 200
  answers_https >/dev/null || fail "443 answers again"
  [[ $(inside curl -s -m 5 http://127.0.0.1/ping) == pong ]] || fail "80 answers again"
  ok "connector $1, killed by $2: liveness 503, restarted, 200 after $((SECONDS - before)) s"
}
drill http stop https://127.0.0.1
drill https close-listener http://localhost
