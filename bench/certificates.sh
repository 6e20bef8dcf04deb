#!/usr/bin/env bash
# Makes a test CA and certificates of it, and puts a pair where a Kubernetes Secret would have it.
#   bench/certificates.sh ca DIR            a CA in DIR
#   bench/certificates.sh pair DIR NAME     a new key and certificate in DIR/NAME.{crt,key}
#   bench/certificates.sh swap DIR NAME TLS TLS/tls.crt and TLS/tls.key become that pair, atomically
# KEY_TYPE=rsa makes RSA 2048 instead of ECDSA P-256.
# Needs: openssl.

set -euo pipefail

new_key() {
  if [[ ${KEY_TYPE:-ecdsa} == rsa ]]; then
    openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$1"
  else
    openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"
  fi
}

ca() {
  mkdir -p "$1"
  new_key "$1/ca.key"
  openssl req -x509 -new -key "$1/ca.key" -days 30 -subj "/CN=Gatehouse bench CA" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
    -out "$1/ca.crt"
}

pair() {
  new_key "$1/$2.key"
  openssl req -new -key "$1/$2.key" -subj "/CN=localhost" |
    openssl x509 -req -CA "$1/ca.crt" -CAkey "$1/ca.key" -days 89 -out "$1/$2.leaf" -extfile <(
      printf '%s\n' "subjectAltName=DNS:localhost,DNS:gatehouse.test,IP:127.0.0.1" \
        "basicConstraints=critical,CA:FALSE" "keyUsage=critical,digitalSignature" \
        "extendedKeyUsage=serverAuth" "subjectKeyIdentifier=hash" "authorityKeyIdentifier=keyid" \
        "crlDistributionPoints=URI:http://ca.gatehouse.test/ca.crl"
    ) 2>/dev/null
  cat "$1/$2.leaf" "$1/ca.crt" >"$1/$2.crt"
  rm "$1/$2.leaf"
}

# As the kubelet's atomic writer does: a new folder, a new link, one rename.
swap() {
  local tls=$3 folder
  mkdir -p "$tls"
  folder=$(mktemp -d "$tls/..data_XXXXXX")
  cp "$1/$2.crt" "$folder/tls.crt"
  cp "$1/$2.key" "$folder/tls.key"
  local old
  old=$(readlink "$tls/..data" || true)
  ln -s "$(basename "$folder")" "$tls/..data_tmp"
  mv -T "$tls/..data_tmp" "$tls/..data"
  [[ -e $tls/tls.crt ]] || ln -s ..data/tls.crt "$tls/tls.crt"
  [[ -e $tls/tls.key ]] || ln -s ..data/tls.key "$tls/tls.key"
  if [[ -n $old ]]; then
    rm -rf "${tls:?}/$old"
  fi
}

case ${1:-} in
  ca) ca "$2" ;;
  pair) pair "$2" "$3" ;;
  swap) swap "$2" "$3" "$4" ;;
  *)
    sed -n '2,8p' "$0" >&2
    exit 2
    ;;
esac
