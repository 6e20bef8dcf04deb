{{- /*
The public HTTPS port: that of the Service for a load balancer and a ClusterIP, the node port for a
NodePort.
*/ -}}
{{- define "gatehouse.httpsPort" -}}
{{- if .Values.redirect.httpsPort }}
{{- int .Values.redirect.httpsPort }}
{{- else if or .Values.httpRoute.enabled .Values.ingress.enabled }}
{{- 443 }}
{{- else if eq .Values.service.type "NodePort" }}
{{- int .Values.service.nodePorts.https }}
{{- else }}
{{- int .Values.service.ports.https }}
{{- end }}
{{- end }}

{{- /* The names of a server with a self-signed certificate, which contains none. */ -}}
{{- define "gatehouse.serviceNames" -}}
{{- $name := include "gatehouse.fullname" . }}
{{- $namespace := .Release.Namespace }}
{{- concat .Values.hosts (list $name (printf "%s.%s" $name $namespace) (printf "%s.%s.svc" $name $namespace) (printf "%s.%s.svc.cluster.local" $name $namespace)) | toYaml }}
{{- end }}

{{- /* Whether the tools are on: jobs in memory are known to the pod alone that took them. */ -}}
{{- define "gatehouse.toolsEnabled" -}}
{{- if kindIs "bool" .Values.tools.enabled }}
{{- .Values.tools.enabled }}
{{- else }}
{{- or (ne .Values.database.url "") (eq (include "gatehouse.isOnePod" .) "true") }}
{{- end }}
{{- end }}

{{- define "gatehouse.isOnePod" -}}
{{- and (not .Values.autoscaling.enabled) (le (int .Values.replicaCount) 1) }}
{{- end }}

{{- /* The properties that the chart sets and that roll the pods. */ -}}
{{- define "gatehouse.chartConfig" -}}
spring:
  config:
    import: reloadable.yml
  lifecycle:
    timeout-per-shutdown-phase: {{ int .Values.shutdown.drainSeconds }}s
{{- with .Values.database.url }}
  datasource:
    url: {{ . | quote }}
{{- end }}
{{- if ne .Values.tls.mode "selfSigned" }}
  ssl:
    bundle:
      pem:
        site:
          keystore:
            certificate: /etc/gatehouse/tls/tls.crt
            private-key: /etc/gatehouse/tls/tls.key
{{- end }}
gatehouse:
  reload:
    interval: 5s
  tools:
    enabled: {{ include "gatehouse.toolsEnabled" . }}
{{- if .Values.screenshot.enabled }}
  screenshot:
    remote-url: http://{{ include "gatehouse.fullname" . }}-browser:9222
    proxy-port: {{ int .Values.screenshot.proxyPort }}
    at-once: {{ int .Values.screenshot.atOnce }}
{{- end }}
{{- if .Values.site.existingConfigMap }}
  site:
    root: file:/srv/site/
{{- end }}
{{- with .Values.trustedProxies }}
  trusted-proxies:
    {{- toYaml . | nindent 4 }}
{{- end }}
{{- end }}

{{- /* The properties that the chart sets and that the pods reload. */ -}}
{{- define "gatehouse.chartReloadable" -}}
gatehouse:
  redirect:
    https-port: {{ include "gatehouse.httpsPort" . }}
    {{- if eq .Values.tls.mode "selfSigned" }}
    hosts:
      {{- include "gatehouse.serviceNames" . | nindent 6 }}
    {{- end }}
{{- with .Values.gateways }}
  gateways:
    {{- range . }}
    - name: {{ .name }}
      header: {{ .header }}
      secret-files:
        {{- $gateway := . }}
        {{- range .secretKeys | default (list "secret") }}
        - /etc/gatehouse/gateways/{{ $gateway.name }}/{{ . }}
        {{- end }}
      {{- with .networks }}
      networks:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .paths }}
      paths:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .userHeaders }}
      user-headers:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .userHeader }}
      user-header: {{ . }}
      {{- end }}
      {{- with .planHeader }}
      plan-header: {{ . }}
      {{- end }}
    {{- end }}
{{- end }}
{{- end }}

{{- /* Sorts a map's properties into those that are reloaded, with dotted names, and the others. */ -}}
{{- define "gatehouse.split" -}}
{{- $in := . }}
{{- range $key, $value := .map }}
{{- $name := printf "%s%s" $in.prefix $key }}
{{- $uniform := $name | lower | replace "-" "" | replace "_" "" }}
{{- if regexMatch "^gatehouse[.](redirect|exemptions|gatewaysecretrefresh|accesslog[.](format|exclude|file|maxfilesize|maxfiles))([.[]|$)" $uniform }}
{{- $_ := set $in.reloadable $name $value }}
{{- else if and (kindIs "map" $value) (has $uniform (list "gatehouse" "gatehouse.accesslog")) }}
{{- $rest := dict }}
{{- include "gatehouse.split" (dict "prefix" (printf "%s." $name) "map" $value "reloadable" $in.reloadable "rolling" $rest) }}
{{- if $rest }}
{{- $_ := set $in.rolling $key $rest }}
{{- end }}
{{- else }}
{{- $_ := set $in.rolling $key $value }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Two documents: what the second says wins. */ -}}
{{- define "gatehouse.applicationYml" -}}
{{ include "gatehouse.chartConfig" . }}
{{- $sorted := dict "prefix" "" "map" .Values.config "reloadable" (dict) "rolling" (dict) }}
{{- include "gatehouse.split" $sorted }}
{{- with $sorted.rolling }}
---
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "gatehouse.reloadableYml" -}}
{{ include "gatehouse.chartReloadable" . }}
{{- $sorted := dict "prefix" "" "map" .Values.config "reloadable" (dict) "rolling" (dict) }}
{{- include "gatehouse.split" $sorted }}
{{- with $sorted.reloadable }}
---
{{ toYaml . }}
{{- end }}
{{- end }}
