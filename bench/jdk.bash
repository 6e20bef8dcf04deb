# Sourced by the scripts here: mvnw knows the places of a JDK 25, also where the default `java` is older.
JAVA_HOME=$("$(dirname "${BASH_SOURCE[0]}")/../mvnw" -B -v </dev/null | sed -n 's/^Java version.*runtime: //p')
export JAVA_HOME
# shellcheck disable=SC2034 # for the scripts that source this
java=$JAVA_HOME/bin/java
