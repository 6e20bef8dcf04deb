# Sourced by .ci/container: start-up, beside the plain jar.

start_plain() {
  ip netns exec "$pod_net" setpriv --reuid 65532 --regid 65532 --clear-groups "$jdk/bin/java" -XX:MaxRAM=256m \
    -XX:+UseSerialGC -jar "$work/gatehouse.jar" --spring.config.additional-location="file:$work/config/" \
    --spring.ssl.bundle.pem.site.keystore.certificate="$work/tls/tls.crt" \
    --spring.ssl.bundle.pem.site.keystore.private-key="$work/tls/tls.key" \
    --gatehouse.gateways= --gatehouse.site.root=classpath:/site/ >"$work/plain.log" 2>&1 &
  podman_pid=$!
}
jdk=$(./mvnw -v </dev/null 2>/dev/null | sed -n 's/.*runtime: //p')
cp target/gatehouse.jar "$work/gatehouse.jar"
echo "ci/container: milliseconds to the first HTTPS answer"
log=$work/log-again
for round in 1 2 3; do
  before=$(milliseconds)
  start_pod
  await 120 "the first HTTPS answer" answers_https
  in_container=$(($(milliseconds) - before))
  end_pod
  log=$work/plain.log
  before=$(milliseconds)
  start_plain
  await 120 "the plain jar's first HTTPS answer" answers_https
  echo "  round $round: container $in_container, java -jar $(($(milliseconds) - before))"
  end_pod
  log=$work/log-again
done
echo "ci/container: first start of all $first_answer ms"
