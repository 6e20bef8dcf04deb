# Sourced by .ci/container: what a pod has mounted, laid out as kubelet does: ..data is a link that is swapped.

new_certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -quiet \
    -subj "/CN=$site" -addext "subjectAltName=DNS:$site" \
    -keyout "$1/tls.key" -out "$1/tls.crt" 2>/dev/null ||
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
      -subj "/CN=$site" -addext "subjectAltName=DNS:$site" \
      -keyout "$1/tls.key" -out "$1/tls.crt" 2>/dev/null
  chmod 0440 "$1"/tls.*
}

mount_certificate() {
  local version=..$RANDOM$RANDOM
  mkdir "$work/tls/$version"
  new_certificate "$work/tls/$version"
  chgrp -R 65532 "$work/tls/$version"
  chmod 0755 "$work/tls/$version"
  ln -s "$version" "$work/tls/..data_tmp"
  mv -T "$work/tls/..data_tmp" "$work/tls/..data"
}

mkdir -p "$work"/{tls,gateways/partner,config,site}
chmod -R 0755 "$work"
mount_certificate
ln -s ..data/tls.crt "$work/tls/tls.crt"
ln -s ..data/tls.key "$work/tls/tls.key"
printf %s "$secret" >"$work/gateways/partner/secret"
cp "$tests/application.yml" "$tests/reloadable.yml" "$work/config/"
echo '<!doctype html><title>A site</title>' >"$work/site/index.html"
head -c 20000000 /dev/urandom >"$work/site/large.bin"
chmod -R a+rX "$work/config" "$work/gateways" "$work/site"
