# The image of Gatehouse: no shell, no package manager, no root; a Java VM with the needed modules only,
# and an AOT cache for a fast start.
#
#   docker build -t gatehouse .                                        builds the jar, too
#   ./mvnw package && docker build --build-arg JAR=taken -t gatehouse .   takes target/gatehouse.jar
#
# Give the base images by digest (eclipse-temurin:25-jdk@sha256:...) to have each build alike.

ARG MAVEN_IMAGE=maven:3-eclipse-temurin-25
# Debian or Ubuntu, with a JDK in JAVA_HOME.
ARG JDK_IMAGE=eclipse-temurin:25-jdk
# "libraries" is the stage below: the C library of the JDK's image. Any image with glibc serves.
ARG RUNTIME_IMAGE=libraries
# built or taken.
ARG JAR=built

# --- the jar
FROM ${MAVEN_IMAGE} AS jar-built
WORKDIR /src
COPY . .
RUN mvn -B -ntp -q package -Dmaven.test.skip -Dspotless.check.skip

FROM scratch AS jar-taken
COPY target/gatehouse.jar /src/target/gatehouse.jar

FROM jar-${JAR} AS jar

# --- the Java VM, and the cache that is trained on it
FROM ${JDK_IMAGE} AS trained
# What a reproducible build sets all times to. The cache is tied to the jars' times, so they have
# this one before it is made, and setting it again changes nothing.
ARG SOURCE_DATE_EPOCH=1767225600
WORKDIR /src

COPY src/packaging/StoredJar.java src/packaging/
COPY --from=jar /src/target/gatehouse.jar target/given.jar
RUN set -eu; \
    java src/packaging/StoredJar.java target/given.jar target/gatehouse.jar "$SOURCE_DATE_EPOCH"; \
    java -Djarmode=tools -jar target/gatehouse.jar extract --destination target/unpacked

# jdeps finds what classes name; the rest is asked for at run time alone. java.desktop is needed for
# java.beans: its libraries for screens and sound are not.
RUN set -eu; \
    modules=$(jdeps --ignore-missing-deps -q --multi-release 25 --recursive --print-module-deps \
        --class-path 'target/unpacked/lib/*' target/unpacked/gatehouse.jar); \
    jlink --add-modules "$modules,jdk.naming.dns,jdk.net,jdk.zipfs" --strip-java-debug-attributes \
        --no-header-files --no-man-pages --output /opt/java; \
    cd /opt/java/lib; \
    rm -f libawt* libfontmanager* libfreetype* libjavajpeg* libjawt* libjsound* liblcms* \
        libmlib_image* libsplashscreen* jrt-fs.jar; \
    find /opt/java -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

COPY src/packaging src/packaging
RUN set -eu; \
    javac -d target/training --source-path src/packaging src/packaging/TrainAot.java; \
    /opt/java/bin/java -cp target/training TrainAot target/gatehouse.jar /app; \
    find /opt/java/bin -type f ! -name java -delete; \
    find /app /opt/java -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

# --- the run base: what the Java VM is linked against, and who it runs as
FROM trained AS libraries-files
ARG SOURCE_DATE_EPOCH=1767225600
RUN set -eu; \
    mkdir -p /root-fs/etc /root-fs/tmp; \
    for file in /opt/java/bin/java $(find /opt/java/lib -name '*.so'); do \
        ldd "$file" | grep -o '/[^ ]*' | grep -v '^/opt/java/' || :; \
    done | sort -u | xargs cp -L --parents -t /root-fs; \
    cp -L --parents -t /root-fs /lib/*-linux-gnu/libnss_dns.so.2 /lib/*-linux-gnu/libnss_files.so.2; \
    echo 'hosts: files dns' > /root-fs/etc/nsswitch.conf; \
    echo 'gatehouse:x:65532:65532::/app:/nonexistent' > /root-fs/etc/passwd; \
    echo 'gatehouse:x:65532:' > /root-fs/etc/group; \
    find /root-fs -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +; \
    chmod 1777 /root-fs/tmp

FROM scratch AS libraries
COPY --from=libraries-files /root-fs /

# --- the image
FROM ${RUNTIME_IMAGE} AS image
WORKDIR /app
# Layers that change rarely come first.
COPY --from=trained /opt/java /opt/java
COPY --from=trained /app/lib lib
COPY --from=trained /app/gatehouse.jar /app/jvm.options ./
COPY --from=trained /app/gatehouse.aot ./
USER 65532:65532
ENV LANG=C.UTF-8
EXPOSE 80 443
STOPSIGNAL SIGTERM
# Jars in /app/extensions come last on the class path, where the cache allows them.
ENTRYPOINT ["/opt/java/bin/java", "@jvm.options", "-cp", "gatehouse.jar:extensions/*", "dev.gatehouse.Launcher"]
LABEL org.opencontainers.image.title="Gatehouse" \
      org.opencontainers.image.description="A web server on HTTPS and plain HTTP that detects and restarts a port that stops answering." \
      org.opencontainers.image.licenses="Apache-2.0"

# A cache that does not match is ignored silently. With AOTMode=on the Java VM refuses to start without
# it, here with the files and times of the image itself, without and with an extension.
FROM trained AS extension
RUN jar --create --file /extension.jar src/packaging/jvm.options

FROM image AS proof
RUN ["/opt/java/bin/java", "@jvm.options", "-XX:AOTMode=on", "-Dspring.context.exit=onRefresh", "-cp", "gatehouse.jar:extensions/*", "dev.gatehouse.Launcher", "--server.port=0", "--gatehouse.http.port=0"]
COPY --from=extension /extension.jar /app/extensions/
RUN ["/opt/java/bin/java", "@jvm.options", "-XX:AOTMode=on", "-Dspring.context.exit=onRefresh", "-cp", "gatehouse.jar:extensions/*", "dev.gatehouse.Launcher", "--server.port=0", "--gatehouse.http.port=0"]

FROM image
# The same file: it makes the stage above part of every build.
COPY --from=proof /app/jvm.options /app/jvm.options
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
