# Sourced by .ci/container: both connectors, from inside and from outside.

[[ $(inside curl -s http://127.0.0.1/ping) == pong ]] || fail "port 80 answers a local client"
[[ $(inside curl -sk https://127.0.0.1/ping) == pong ]] || fail "port 443 answers a local client"
ok "both ports answer"
for script in "$tests"/*.sh; do
  HTTP=http://$pod_address HTTPS=https://$pod_address SITE=$site NAME=$user PASSWORD=$password \
    SECRET=$secret outside sh "$script" || fail "helm test $(basename "$script" .sh)"
done

status_of() {
  outside curl -sk -m 20 -o /dev/null -w '%{http_code}' "$@"
}
for forged in 'X-Forwarded-For: 127.0.0.1' 'Forwarded: for="[::1]"' 'X-Real-IP: ::1' \
  'True-Client-IP: 127.0.0.1' 'X-Forwarded-Proto: https' 'X-Forwarded-Port: 443'; do
  [[ $(status_of -H "Host: $site" -H "$forged" "http://$pod_address/") == 301 ]] ||
    fail "'$forged' exempts a client from outside"
done
for name in localhost 127.0.0.1 '[::1]'; do
  [[ $(status_of -H "Host: $name" "http://$pod_address/") == 4?? ]] ||
    fail "'Host: $name' exempts a client from outside"
done
[[ $(status_of -A kube-probe/1.34 "http://$pod_address/") == 4?? ]] || fail "a kubelet's name exempts"
ok "from outside, no forged header exempts"
for endpoint in prometheus info connectors redirect env heapdump drill/http/stop; do
  [[ $(status_of "https://$pod_address/actuator/$endpoint") == 401 ]] || fail "/actuator/$endpoint is open"
  [[ $(status_of -X POST "https://$pod_address/actuator/$endpoint") == 401 ]] || fail "POST /actuator/$endpoint is open"
done
health=$(outside curl -sk "https://$pod_address/actuator/health")
[[ $health == *'"status":"UP"'* && $health != *components* ]] || fail "health shows more without a password: $health"
ok "from outside, of the actuator health alone is open"
