# Sourced by run and profile, in the project's folder: sees that all that they need is there, builds
# what is missing in target/ and bench/stock/target/, and says in $jdk where the JDK is.

missing=()
for command in nginx caddy haproxy wrk h2load openssl; do
  command -v "$command" >/dev/null || missing+=("$command")
done
if [[ ${#missing[@]} -gt 0 ]]; then
  echo "bench needs: ${missing[*]}" >&2
  echo "On Debian: apt-get install nginx-light caddy haproxy wrk nghttp2-client openssl" >&2
  exit 1
fi
# 8,000 idle connections take 24,500; with less, the row takes as many as there is room for.
if [[ $(ulimit -n) -lt 24500 ]] && ! ulimit -n 24500 2>/dev/null && ! ulimit -n 20000; then
  echo "bench needs 20000 open files, and 'ulimit -n' says $(ulimit -n)" >&2
  exit 1
fi

# mvnw knows where a JDK 25 is, or says what to do.
jdk=$(./mvnw -v | sed -n 's/.*runtime: //p')
if [[ ! -f target/gatehouse.jar ]]; then
  echo "bench needs target/gatehouse.jar: make it with ./mvnw package" >&2
  exit 1
fi
if [[ target/gatehouse/gatehouse.aot -ot target/gatehouse.jar ]]; then
  "$jdk/bin/java" src/packaging/TrainAot.java target/gatehouse.jar target/gatehouse
fi
if [[ ! -f bench/stock/target/stock.jar ]]; then
  ./mvnw -B -ntp -q -f bench/stock/pom.xml package
fi
# Shared with the training of the AOT cache: on the class path, as the launcher finds sources below bench/ alone.
aot_classes=target/bench-classes
"$jdk/bin/javac" -d "$aot_classes" src/packaging/aot/*.java
