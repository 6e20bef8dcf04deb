# Sourced by .ci/container: what alerts and dashboard name is there.

ask() {
  outside curl -sk -m 20 -u "$user:$password" "$@"
}
ask "https://$pod_address/actuator/prometheus" >"$work/metrics"
# Those of the outside view, of ACME and of jobs are there only where these are configured.
while read -r metric; do
  grep -q "^${metric}[{ ]" "$work/metrics" || fail "there is no metric $metric"
done < <(grep -oh 'gatehouse_[a-z_]*' helm/gatehouse/rules/gatehouse.yaml helm/gatehouse/dashboards/gatehouse.json |
  grep -vE '^gatehouse_(outside|acme|jobs|links)_' | sort -u)
ok "each metric of the alerts and the dashboard is there"
