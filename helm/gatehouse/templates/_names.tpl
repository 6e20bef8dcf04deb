{{- define "gatehouse.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* At most 46 characters: suffixes of up to 17 follow within the 63 of a DNS label. */ -}}
{{- define "gatehouse.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 46 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 46 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 46 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "gatehouse.selectorLabels" -}}
app.kubernetes.io/name: {{ include "gatehouse.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: server
{{- end }}

{{- define "gatehouse.workerLabels" -}}
app.kubernetes.io/name: {{ include "gatehouse.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: worker
{{- end }}

{{- /*
An object's labels, each key once: a dict of root, labels (the object's own) and selector (by default
the server's). Labels by which Helm and selectors find objects win over all others; the others can be
replaced, by the object's own labels first, then by commonLabels.
*/ -}}
{{- define "gatehouse.labels" -}}
{{- $root := .root -}}
{{- $fixed := include (.selector | default "gatehouse.selectorLabels") $root | fromYaml }}
{{- $_ := set $fixed "helm.sh/chart" (printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") }}
{{- $_ := set $fixed "app.kubernetes.io/managed-by" $root.Release.Service }}
{{- $defaults := dict "app.kubernetes.io/version" $root.Chart.AppVersion "app.kubernetes.io/part-of" "gatehouse" }}
{{- merge (dict) $fixed (.labels | default dict) $root.Values.commonLabels $defaults | toYaml }}
{{- end }}

{{- /* An object's metadata: a dict of root, name (or suffix), labels and annotations. */ -}}
{{- define "gatehouse.metadata" -}}
{{- $root := .root -}}
name: {{ .name | default (printf "%s%s" (include "gatehouse.fullname" $root) (.suffix | default "")) }}
namespace: {{ $root.Release.Namespace }}
labels:
  {{- include "gatehouse.labels" . | nindent 2 }}
{{- with merge (dict) (.annotations | default dict) $root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "gatehouse.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "gatehouse.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "gatehouse.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" .image.repository .image.digest }}
{{- else }}
{{- printf "%s:%s" .image.repository (.image.tag | default .appVersion) }}
{{- end }}
{{- end }}

{{- define "gatehouse.tlsSecretName" -}}
{{- if eq .Values.tls.mode "existingSecret" }}
{{- .Values.tls.existingSecret }}
{{- else if eq .Values.tls.mode "certManager" }}
{{- printf "%s-tls" (include "gatehouse.fullname" .) }}
{{- end }}
{{- end }}

{{- define "gatehouse.monitoringSecretName" -}}
{{- default (printf "%s-monitoring" (include "gatehouse.fullname" .)) .Values.monitoring.existingSecret }}
{{- end }}

{{- /* Of a dict of root and gateway. */ -}}
{{- define "gatehouse.gatewaySecretName" -}}
{{- default (printf "%s-gw-%s" (include "gatehouse.fullname" .root) .gateway.name) .gateway.existingSecret }}
{{- end }}
