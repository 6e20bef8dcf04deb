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

{{- /* The properties that the chart sets, as application.yml. */ -}}
{{- define "gatehouse.chartConfig" -}}
spring:
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
  tools:
    enabled: {{ include "gatehouse.toolsEnabled" . }}
  redirect:
    https-port: {{ include "gatehouse.httpsPort" . }}
    {{- if eq .Values.tls.mode "selfSigned" }}
    hosts:
      {{- include "gatehouse.serviceNames" . | nindent 6 }}
    {{- end }}
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

{{- /* Two documents: what the second says wins. */ -}}
{{- define "gatehouse.applicationYml" -}}
{{ include "gatehouse.chartConfig" . }}
{{- with .Values.config }}
---
{{ toYaml . }}
{{- end }}
{{- end }}
