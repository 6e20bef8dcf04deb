# Sourced by .ci/container: nothing that the process may do but serve.

status=/proc/$(java_pid)/status
[[ $(awk '/^Uid:/ {print $2, $3}' "$status") == "65532 65532" ]] || fail "runs as user 65532"
[[ $(awk '/^CapEff:/ {print $2}' "$status") =~ ^0+$ ]] || fail "has no capability"
[[ $(awk '/^NoNewPrivs:/ {print $2}' "$status") == 1 ]] || fail "can get no new privileges"
[[ $(awk '/^Seccomp:/ {print $2}' "$status") == 2 ]] || fail "is filtered by seccomp"
awk '$5 == "/" {print $6}' "/proc/$(java_pid)/mountinfo" | grep -q '^ro' || fail "root is read-only"
ok "user 65532, no capability, no new privileges, seccomp, read-only root"
root=/proc/$(java_pid)/root
for shell in bin/sh bin/bash usr/bin/sh usr/bin/apt usr/bin/dpkg; do
  [[ ! -e $root/$shell ]] || fail "the image has /$shell"
done
ok "no shell and no package manager"
