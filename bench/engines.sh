#!/usr/bin/env bash
# CPU of a full handshake on the server's side, for each TLS engine that Java has, in one run.
#   bench/engines.sh
# Needs: openssl, a JDK 25 where mvnw finds one; takes the engines through ./mvnw.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=bench/jdk.bash
. ./jdk.bash

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/pom.xml" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>dev.gatehouse</groupId>
  <artifactId>engines</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.conscrypt</groupId>
      <artifactId>conscrypt-openjdk-uber</artifactId>
      <version>2.9.0</version>
    </dependency>
    <dependency>
      <groupId>io.netty</groupId>
      <artifactId>netty-handler</artifactId>
      <version>4.2.7.Final</version>
    </dependency>
    <dependency>
      <groupId>io.netty</groupId>
      <artifactId>netty-tcnative-boringssl-static</artifactId>
      <version>2.0.74.Final</version>
      <classifier>linux-x86_64</classifier>
    </dependency>
    <dependency>
      <groupId>software.amazon.cryptools</groupId>
      <artifactId>AmazonCorrettoCryptoProvider</artifactId>
      <version>2.5.0</version>
      <classifier>linux-x86_64</classifier>
    </dependency>
  </dependencies>
</project>
POM
(cd "$work" && "$OLDPWD/../mvnw" -B -ntp -q dependency:copy-dependencies -DoutputDirectory=lib)

./certificates.sh ca "$work/ca"
for type in ecdsa rsa; do
  KEY_TYPE=$type ./certificates.sh pair "$work/ca" "$type"
  openssl pkcs12 -export -in "$work/ca/$type.crt" -inkey "$work/ca/$type.key" \
    -passout pass:bench -out "$work/$type.p12"
  for protocol in TLSv1.3 TLSv1.2; do
    echo "# $type"
    "$java" --enable-native-access=ALL-UNNAMED -cp "$work/lib/*" \
      EngineHandshakes.java "$work/$type.p12" "$protocol"
  done
done
