{{- define "gatehouse.probe" -}}
httpGet:
  scheme: HTTPS
  port: https
  path: {{ .path }}
periodSeconds: {{ int .periodSeconds }}
timeoutSeconds: {{ int .timeoutSeconds }}
failureThreshold: {{ int .failureThreshold }}
{{- end }}

{{- /* PodLifecycleSleepAction is on by default from 1.30. */ -}}
{{- define "gatehouse.preStopSeconds" -}}
{{- if semverCompare ">=1.30.0-0" .Capabilities.KubeVersion.Version }}
{{- int .Values.shutdown.preStopSeconds }}
{{- else }}
{{- 0 }}
{{- end }}
{{- end }}

{{- define "gatehouse.container" -}}
{{- $preStop := int (include "gatehouse.preStopSeconds" .) -}}
name: gatehouse
image: {{ include "gatehouse.image" (dict "image" .Values.image "appVersion" .Chart.AppVersion) }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  {{- toYaml .Values.securityContext | nindent 2 }}
ports:
  - name: http
    containerPort: 80
    protocol: TCP
  - name: https
    containerPort: 443
    protocol: TCP
{{- $env := include "gatehouse.env" . | trim }}
{{- if $env }}
env:
  {{- $env | nindent 2 }}
{{- end }}
{{- with .Values.extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
startupProbe:
  {{- include "gatehouse.probe" .Values.probes.startup | nindent 2 }}
livenessProbe:
  {{- include "gatehouse.probe" .Values.probes.liveness | nindent 2 }}
  terminationGracePeriodSeconds: {{ add $preStop .Values.shutdown.drainOnKillSeconds }}
readinessProbe:
  {{- include "gatehouse.probe" .Values.probes.readiness | nindent 2 }}
{{- if $preStop }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ $preStop }}
{{- end }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
volumeMounts:
  - name: config
    mountPath: /app/config
    readOnly: true
  - name: tmp
    mountPath: /tmp
  {{- if ne .Values.tls.mode "selfSigned" }}
  - name: tls
    mountPath: /etc/gatehouse/tls
    readOnly: true
  {{- end }}
  {{- range .Values.gateways }}
  - name: gw-{{ .name }}
    mountPath: /etc/gatehouse/gateways/{{ .name }}
    readOnly: true
  {{- end }}
  {{- if .Values.site.existingConfigMap }}
  - name: site
    mountPath: /srv/site
    readOnly: true
  {{- end }}
  {{- with .Values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- define "gatehouse.env" -}}
{{- if .Values.monitoring.enabled }}
{{- $secret := include "gatehouse.monitoringSecretName" . }}
- name: SPRING_SECURITY_USER_NAME
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ .Values.monitoring.usernameKey }}
- name: SPRING_SECURITY_USER_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: {{ .Values.monitoring.passwordKey }}
{{- end }}
{{- with .Values.database.existingSecret }}
- name: SPRING_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $.Values.database.usernameKey }}
- name: SPRING_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $.Values.database.passwordKey }}
{{- end }}
{{- if .Values.worker.enabled }}
- name: GATEHOUSE_JOBS_WORKERS
  value: {{ ternary (int .Values.worker.jobs) 0 (eq (.component | default "server") "worker") | quote }}
{{- end }}
{{- with .Values.javaOptions }}
- name: JDK_JAVA_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* Whole Secrets, never a subPath: a file mounted by subPath is never updated. */ -}}
{{- define "gatehouse.volumes" -}}
- name: config
  configMap:
    name: {{ include "gatehouse.fullname" . }}
- name: tmp
  emptyDir:
    sizeLimit: 64Mi
{{- if ne .Values.tls.mode "selfSigned" }}
- name: tls
  secret:
    secretName: {{ include "gatehouse.tlsSecretName" . }}
    defaultMode: 288 # 0440
{{- end }}
{{- $root := . }}
{{- range .Values.gateways }}
- name: gw-{{ .name }}
  secret:
    secretName: {{ include "gatehouse.gatewaySecretName" (dict "root" $root "gateway" .) }}
    defaultMode: 288 # 0440
{{- end }}
{{- with .Values.site.existingConfigMap }}
- name: site
  configMap:
    name: {{ . }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "gatehouse.topologySpread" -}}
{{- $root := . }}
{{- if .Values.topologySpread }}
{{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
- maxSkew: 1
  topologyKey: {{ . }}
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include (include "gatehouse.selector" $root) $root | nindent 6 }}
  matchLabelKeys: [pod-template-hash]
{{- end }}
{{- end }}
{{- with .Values.topologySpreadConstraints }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* The name of the labels by which the pods of a component are selected. */ -}}
{{- define "gatehouse.selector" -}}
{{- ternary "gatehouse.workerLabels" "gatehouse.selectorLabels" (eq (.component | default "server") "worker") }}
{{- end }}

{{- /* The chart's own context, or one with the component worker and its values. */ -}}
{{- define "gatehouse.podTemplate" -}}
{{- $preStop := int (include "gatehouse.preStopSeconds" .) -}}
metadata:
  labels:
    {{- include "gatehouse.labels" (dict "root" . "labels" .Values.podLabels "selector" (include "gatehouse.selector" .)) | nindent 4 }}
  annotations:
    {{- /* Without reloadable.yml, which the pods read again by themselves. */}}
    {{- $checksum := dict "checksum/config" (include "gatehouse.applicationYml" . | sha256sum) }}
    {{- merge (dict) $checksum .Values.podAnnotations .Values.commonAnnotations | toYaml | nindent 4 }}
spec:
  serviceAccountName: {{ include "gatehouse.serviceAccountName" . }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    {{- toYaml .Values.podSecurityContext | nindent 4 }}
    sysctls:
      - name: net.ipv4.ip_unprivileged_port_start
        value: "0"
  terminationGracePeriodSeconds: {{ add $preStop .Values.shutdown.drainSeconds .Values.shutdown.marginSeconds }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- $spread := include "gatehouse.topologySpread" . | trim }}
  {{- if $spread }}
  topologySpreadConstraints:
    {{- $spread | nindent 4 }}
  {{- end }}
  {{- with .Values.extraInitContainers }}
  initContainers:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - {{ include "gatehouse.container" . | indent 6 | trim }}
    {{- with .Values.extraContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  volumes:
    {{- include "gatehouse.volumes" . | nindent 4 }}
{{- end }}
