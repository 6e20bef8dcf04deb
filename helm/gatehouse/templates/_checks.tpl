{{- /* The leaves of a map as lines of dotted names; keys may be dotted. */ -}}
{{- define "gatehouse.flat" -}}
{{- $prefix := .prefix -}}
{{- range $key, $value := .map }}
{{- $name := printf "%s%s" $prefix $key }}
{{- if kindIs "map" $value }}
{{- include "gatehouse.flat" (dict "prefix" (printf "%s." $name) "map" $value) }}
{{- else }}
{{ $name }}
{{- end }}
{{- end }}
{{- end }}

{{- define "gatehouse.owned" -}}
server.port: The container listens on 443; set service.ports.https for another port of the Service.
server.address: kubelet asks by the pod's address, so both ports listen on all of them. Leave it out.
gatehouse.http.port: The container listens on 80; set service.ports.http for another port of the Service.
gatehouse.redirect.https-port: Set redirect.httpsPort.
gatehouse.gateways: Set gateways, which keeps the secrets in Secrets.
gatehouse.trusted-proxies: Set trustedProxies.
spring.lifecycle.timeout-per-shutdown-phase: Set shutdown.drainSeconds, from which the grace period is computed too.
spring.ssl.bundle.pem.site.keystore: Set tls.
spring.datasource.url: Set database.url.
spring.datasource.username: Set database.existingSecret.
spring.datasource.password: Set database.existingSecret, which keeps the password in a Secret.
gatehouse.tools.enabled: Set tools.enabled.
spring.security.user: Set monitoring.existingSecret, which keeps the password in a Secret.
{{- end }}

{{- /* Properties that the chart sets are refused in config. */ -}}
{{- define "gatehouse.checkConfig" -}}
{{- $names := include "gatehouse.flat" (dict "prefix" "" "map" .Values.config) | trim | splitList "\n" }}
{{- range $owned, $remedy := include "gatehouse.owned" . | fromYaml }}
{{- range $names }}
{{- $name := . | lower }}
{{- if or (eq $name $owned) (hasPrefix (printf "%s." $owned) $name) (hasPrefix (printf "%s[" $owned) $name) }}
{{- fail (printf "config.%s is decided by another value. %s" . $remedy) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Two pods that order from two storages would each get certificates, and soon none. */ -}}
{{- define "gatehouse.checkAcme" -}}
{{- $names := include "gatehouse.flat" (dict "prefix" "" "map" .Values.config) | trim | splitList "\n" }}
{{- $replicas := ternary (int .Values.autoscaling.maxReplicas) (int .Values.replicaCount) .Values.autoscaling.enabled }}
{{- range $names }}
{{- $name := . | lower }}
{{- if and (or (eq $name "gatehouse.acme.domains") (hasPrefix "gatehouse.acme.domains[" $name)) (gt $replicas 1) (not $.Values.acme.sharedStorage) }}
{{- fail (printf "config.gatehouse.acme.domains is set with %d replicas. Let cert-manager obtain the certificate (tls.mode certManager), set replicaCount to 1, or set acme.sharedStorage to true where gatehouse.acme.storage is on a volume that all pods share." $replicas) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "gatehouse.checkTools" -}}
{{- if and (eq (toString .Values.tools.enabled) "true") (not .Values.database.url) (ne (include "gatehouse.isOnePod" .) "true") }}
{{- fail "tools.enabled is true with more than one replica and no database: a job would be known to one of the pods alone. Set database.url, run one replica (replicaCount 1 without autoscaling), or set tools.enabled to false." }}
{{- end }}
{{- if and .Values.screenshot.enabled (ne (include "gatehouse.toolsEnabled" .) "true") }}
{{- fail "screenshot.enabled is true, but the tools are off: no pod would use the browser. Set database.url or run one replica (replicaCount 1 without autoscaling) so that the tools are on, or set screenshot.enabled to false." }}
{{- end }}
{{- if and .Values.worker.enabled (not .Values.database.url) }}
{{- fail "worker.enabled is true without a database, through which workers get their jobs. Set database.url, or worker.enabled to false." }}
{{- end }}
{{- if and .Values.worker.autoscaling.enabled (gt (int .Values.worker.autoscaling.minReplicas) (int .Values.worker.autoscaling.maxReplicas)) }}
{{- fail (printf "worker.autoscaling.maxReplicas = %d is less than worker.autoscaling.minReplicas = %d. Raise the one or lower the other." (int .Values.worker.autoscaling.maxReplicas) (int .Values.worker.autoscaling.minReplicas)) }}
{{- end }}
{{- end }}

{{- define "gatehouse.checkNames" -}}
{{- $seen := dict }}
{{- range .Values.gateways }}
{{- if hasKey $seen .name }}
{{- fail (printf "gateways: '%s' is there twice. Give each gateway a name of its own." .name) }}
{{- end }}
{{- $_ := set $seen .name true }}
{{- end }}
{{- range .Values.extraEnv }}
{{- if and $.Values.monitoring.enabled (has .name (list "SPRING_SECURITY_USER_NAME" "SPRING_SECURITY_USER_PASSWORD")) }}
{{- fail (printf "extraEnv: '%s' is set by the chart. Set monitoring.existingSecret, or monitoring.enabled to false." .name) }}
{{- end }}
{{- if and $.Values.javaOptions (eq .name "JDK_JAVA_OPTIONS") }}
{{- fail "extraEnv: 'JDK_JAVA_OPTIONS' is set by the chart. Set javaOptions, or leave it empty." }}
{{- end }}
{{- end }}
{{- if and .Values.monitoring.enabled (eq .Values.monitoring.usernameKey .Values.monitoring.passwordKey) }}
{{- fail (printf "monitoring.passwordKey = '%s' is monitoring.usernameKey too. Give each a key of its own." .Values.monitoring.passwordKey) }}
{{- end }}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) }}
{{- fail (printf "autoscaling.maxReplicas = %d is less than autoscaling.minReplicas = %d. Raise the one or lower the other." (int .Values.autoscaling.maxReplicas) (int .Values.autoscaling.minReplicas)) }}
{{- end }}
{{- if eq (int .Values.service.ports.http) (int .Values.service.ports.https) }}
{{- fail (printf "service.ports.http = %d is the port of HTTPS too. Give the two different ports." (int .Values.service.ports.http)) }}
{{- end }}
{{- end }}
