#!/usr/bin/env bash
# What sslscan and testssl.sh find, before and after ten reloads: all that testssl.sh rates below
# its best, and a difference between the two, if there is one.
#   bench/scan.sh [OUTPUT_FOLDER]
# Needs: sslscan, testssl (Debian's testssl.sh, with bsdextrautils and bind9-dnsutils), openssl, and
# what gatehouse.bash says.

set -euo pipefail
# shellcheck source=bench/gatehouse.bash
. "$(dirname "${BASH_SOURCE[0]}")/gatehouse.bash"

out=${1:-$work/out}
mkdir -p "$out"

scan() {
  sslscan --no-colour --show-certificate localhost:"$https" >"$out/sslscan-$1.txt"
  rm -f "$out/testssl-$1.json"
  testssl --quiet --color 0 --ip 127.0.0.1 --add-ca "$work/ca/ca.crt" --warnings batch \
    --nodns min --jsonfile "$out/testssl-$1.json" localhost:"$https" \
    >"$out/testssl-$1.txt" || true
  echo "## testssl.sh $1: rated below the best"
  python3 - "$out/testssl-$1.json" <<'PY'
import json, sys
for f in json.load(open(sys.argv[1])):
    if f["severity"] not in ("OK", "INFO"):
        print("%-8s %s: %s" % (f["severity"], f["id"], f["finding"]))
PY
}

https=$(free_port)
http=$(free_port)
new_certificates
gatehouse "$https" "$http" "$work/log" --gatehouse.tls.engine="${ENGINE:-auto}" \
  --spring.ssl.bundle.watch.file.quiet-period=200ms

scan before
for ((i = 1; i <= 10; i++)); do
  "$bench/certificates.sh" pair "$work/ca" "next$i"
  "$bench/certificates.sh" swap "$work/ca" "next$i" "$work/tls"
  until [[ $(grep -c "was reloaded: " "$work/log") -ge $i ]]; do
    sleep 0.1
  done
done
scan after

echo "## sslscan, before and after: the protocols and suites that differ"
diff <(grep -E "^(TLSv|Preferred|Accepted|Server)|abled" "$out/sslscan-before.txt") \
  <(grep -E "^(TLSv|Preferred|Accepted|Server)|abled" "$out/sslscan-after.txt") && echo none
echo "## errors in the log: $(grep -c " ERROR " "$work/log" || true)"
