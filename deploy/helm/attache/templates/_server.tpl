{{/* The flags that both servers take, one a line. */}}
{{- define "attache.serverFlags" -}}
{{- $values := .values -}}
{{- if and $values.tls.clientCaSecretName (not $values.tls.secretName) -}}
{{- fail (printf "%s.tls.clientCaSecretName is set, and there is no TLS: set %s.tls.secretName" .component .component) -}}
{{- end -}}
--listen=0.0.0.0:{{ .port }}
--metrics_listen=0.0.0.0:{{ .metricsPort }}
--data_dir=/data/{{ .component }}
--drain_timeout={{ $values.drainSeconds }}s
{{- if $values.tls.secretName }}
--tls_certificate=/etc/attache/tls/tls.crt
--tls_key=/etc/attache/tls/tls.key
{{- if $values.tls.clientCaSecretName }}
--tls_client_ca=/etc/attache/client-ca/ca.crt
--tls_require_client_certificate={{ $values.tls.requireClientCertificate }}
{{- end }}
{{- else }}
--insecure_listen=true
{{- end }}
{{- if $values.access.secretName }}
--access_file=/etc/attache/access/{{ $values.access.key }}
{{- end }}
{{- range $flag, $value := $values.flags }}
--{{ $flag }}={{ include "attache.flagValue" $value }}
{{- end }}
{{- end -}}

{{/* Secrets that it reads: volume, Secret and keys, one a line. */}}
{{- define "attache.serverSecrets" -}}
{{- $tls := .values.tls -}}
{{- if $tls.secretName }}
tls {{ $tls.secretName }} tls.crt tls.key
ca {{ $tls.caSecretName | default $tls.secretName }} ca.crt
{{- if $tls.clientCaSecretName }}
client-ca {{ $tls.clientCaSecretName }} ca.crt
{{- if $tls.requireClientCertificate }}
probe {{ $tls.probeSecretName | default $tls.secretName }} tls.crt tls.key
{{- end }}
{{- end }}
{{- end }}
{{- if .values.access.secretName }}
access {{ .values.access.secretName }} {{ .values.access.key }}
{{- end }}
{{- end -}}

{{/* Kubernetes' own gRPC probes know no TLS: there `attache health` asks. */}}
{{- define "attache.probe" -}}
{{- $tls := .values.tls -}}
{{- if $tls.secretName -}}
exec:
  command:
    - attache
    - --tls-ca=/etc/attache/ca/ca.crt
    - --tls-server-name={{ include "attache.serverName" . }}
    {{- if and $tls.clientCaSecretName $tls.requireClientCertificate }}
    - --tls-certificate=/etc/attache/probe/tls.crt
    - --tls-key=/etc/attache/probe/tls.key
    {{- end }}
    - health
    - 127.0.0.1:{{ .port }}
    - --service={{ .health }}
    - --timeout=4
{{- else -}}
grpc:
  port: {{ .port }}
  service: {{ .health }}
{{- end -}}
{{- end -}}
