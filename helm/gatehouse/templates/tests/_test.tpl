{{- /* The name by which the tests ask: the site's first, or the Service's. */ -}}
{{- define "gatehouse.testHost" -}}
{{- if .Values.hosts }}
{{- first .Values.hosts }}
{{- else }}
{{- printf "%s.%s.svc" (include "gatehouse.fullname" .) .Release.Namespace }}
{{- end }}
{{- end }}

{{- define "gatehouse.testSelectorLabels" -}}
app.kubernetes.io/name: {{ include "gatehouse.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: test
{{- end }}

{{- /*
A pod that runs a script with curl: a dict of root, name, script and env. Its labels are not the
server's, or the Service would send visitors to it.
*/ -}}
{{- define "gatehouse.testPod" -}}
{{- $root := .root -}}
{{- $service := include "gatehouse.fullname" $root -}}
---
apiVersion: v1
kind: Pod
metadata:
  name: {{ $service }}-test-{{ .name }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "gatehouse.labels" (dict "root" $root "selector" "gatehouse.testSelectorLabels") | nindent 4 }}
  annotations:
    {{- $hook := dict "helm.sh/hook" "test" "helm.sh/hook-delete-policy" "before-hook-creation,hook-succeeded" }}
    {{- merge (dict) $hook $root.Values.commonAnnotations | toYaml | nindent 4 }}
spec:
  restartPolicy: Never
  activeDeadlineSeconds: {{ int $root.Values.tests.timeoutSeconds }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with $root.Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 65532
    runAsGroup: 65532
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: {{ .name }}
      image: {{ include "gatehouse.image" (dict "image" $root.Values.tests.image) }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      resources:
        requests:
          cpu: 10m
          memory: 16Mi
        limits:
          memory: 64Mi
      env:
        - name: HTTP
          value: http://{{ $service }}:{{ int $root.Values.service.ports.http }}
        - name: HTTPS
          value: https://{{ $service }}:{{ int $root.Values.service.ports.https }}
        - name: SITE
          value: {{ include "gatehouse.testHost" $root }}
        {{- with .env }}
        {{- . | nindent 8 }}
        {{- end }}
      command: [sh, -euc]
      args:
        - |
          # Names of what is asked, what is expected, and the answer; the first that differs ends it.
          expect() {
            if [ "$2" = "$3" ]; then
              echo "ok: $1"
            else
              printf 'not ok: %s\n  expected: %s\n  answered: %s\n' "$1" "$2" "$3"
              exit 1
            fi
          }
          ask() {
            curl -sSk -m 20 -o /dev/null -H "Host: $SITE" "$@"
          }
          {{- .script | nindent 10 }}
{{- end }}
