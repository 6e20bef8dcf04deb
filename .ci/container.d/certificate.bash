# Sourced by .ci/container: a certificate that is rotated.

served_certificate() {
  outside openssl s_client -connect "$pod_address:443" -servername "$site" </dev/null 2>/dev/null |
    openssl x509 -noout -fingerprint
}
serves_the_mounted_certificate() {
  [[ $(served_certificate) == $(openssl x509 -noout -fingerprint -in "$work/tls/tls.crt") ]]
}
serves_the_mounted_certificate || fail "serves the certificate of the Secret"
mount_certificate
serves_the_mounted_certificate && fail "a new certificate is another one"
before=$SECONDS
await 60 "serves the rotated certificate" serves_the_mounted_certificate
ok "serves a certificate that kubelet swapped under it, after $((SECONDS - before)) s"
