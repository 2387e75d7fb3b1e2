{{/* The image of the server. */}}
{{- define "gateway-responses.gwrd-image" -}}
{{ .Values.gwrd.image.repository }}:{{ .Values.gwrd.image.tag | default .Chart.AppVersion }}
{{- with .Values.gwrd.image.digest }}@{{ . }}{{ end }}
{{- end }}

{{/* The flags that say where things are kept; every command of gwrd has them. */}}
{{- define "gateway-responses.gwrd-store" -}}
{{- with .Values.gwrd -}}
- --data=/var/lib/gwrd
{{- if .postgres.url }}
- {{ printf "--store=%s" .postgres.url | quote }}
{{- end }}
{{- if .sealKey.secret }}
- --seal-key-file=/etc/gwrd/seal/seal.key
{{- end }}
{{- end }}
{{- end }}

{{/* The flags of the server. */}}
{{- define "gateway-responses.gwrd-flags" -}}
{{- with .Values.gwrd -}}
- --listen=:8400
{{- if .api.tlsSecret }}
- --tls-cert=/etc/gwrd/api/tls.crt
- --tls-key=/etc/gwrd/api/tls.key
{{- else }}
- --insecure-listen
{{- end }}
- --xds-listen=:8401
- --xds-tls-cert=/etc/gwrd/xds/tls.crt
- --xds-tls-key=/etc/gwrd/xds/tls.key
- --xds-client-ca=/etc/gwrd/xds/ca.crt
{{- range .xds.grants }}
- {{ printf "--xds-grant=%s" . | quote }}
{{- end }}
- --ops-listen=:8402
- {{ printf "--plugin-file=%s" .pluginFile | quote }}
- --log-format=json
{{- with .oidc }}
{{- if .issuer }}
- {{ printf "--oidc-issuer=%s" .issuer | quote }}
- {{ printf "--oidc-client-id=%s" .clientID | quote }}
{{- if .clientSecret.secret }}
- --oidc-client-secret-file=/etc/gwrd/oidc/secret
{{- end }}
{{- range .grants }}
- {{ printf "--oidc-grant=%s" . | quote }}
{{- end }}
- {{ printf "--public-url=%s" .publicURL | quote }}
{{- end }}
{{- end }}
{{- range .args }}
- {{ quote . }}
{{- end }}
{{- end }}
{{- end }}

{{/* The environment: the password of PostgreSQL, and what the values have. */}}
{{- define "gateway-responses.gwrd-env" -}}
{{- with .Values.gwrd }}
{{- if or .env (and .postgres.url .postgres.password.secret) -}}
env:
{{- if and .postgres.url .postgres.password.secret }}
- name: PGPASSWORD
  valueFrom:
    secretKeyRef: {name: {{ quote .postgres.password.secret }}, key: {{ quote .postgres.password.key }}}
{{- end }}
{{- with .env }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* What a container may do: nothing but to run, and to write to what is mounted for that. */}}
{{- define "gateway-responses.gwrd-security" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{/* Where the volumes are mounted. */}}
{{- define "gateway-responses.gwrd-mounts" -}}
volumeMounts:
- {name: data, mountPath: /var/lib/gwrd}
- {name: xds, mountPath: /etc/gwrd/xds, readOnly: true}
{{- with .Values.gwrd }}
{{- if .api.tlsSecret }}
- {name: api, mountPath: /etc/gwrd/api, readOnly: true}
{{- end }}
{{- if .sealKey.secret }}
- {name: seal, mountPath: /etc/gwrd/seal, readOnly: true}
{{- end }}
{{- if and .oidc.issuer .oidc.clientSecret.secret }}
- {name: oidc, mountPath: /etc/gwrd/oidc, readOnly: true}
{{- end }}
{{- with .volumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- end }}

{{/* The volumes. Secrets are mounted as folders, so that a certificate that changes is read anew. */}}
{{- define "gateway-responses.gwrd-volumes" -}}
{{- $name := include "gateway-responses.gwrd" . }}
{{- with .Values.gwrd -}}
volumes:
- name: data
{{- if .postgres.url }}
  emptyDir: {}
{{- else }}
  persistentVolumeClaim: {claimName: {{ .sqlite.claim | default $name | quote }}}
{{- end }}
- name: xds
  secret: {secretName: {{ quote .xds.tlsSecret }}, defaultMode: 0440}
{{- if .api.tlsSecret }}
- name: api
  secret: {secretName: {{ quote .api.tlsSecret }}, defaultMode: 0440}
{{- end }}
{{- if .sealKey.secret }}
- name: seal
  secret: {secretName: {{ quote .sealKey.secret }}, defaultMode: 0440, items: [{key: {{ quote .sealKey.key }}, path: seal.key}]}
{{- end }}
{{- if and .oidc.issuer .oidc.clientSecret.secret }}
- name: oidc
  secret: {secretName: {{ quote .oidc.clientSecret.secret }}, defaultMode: 0440, items: [{key: {{ quote .oidc.clientSecret.key }}, path: secret}]}
{{- end }}
{{- with .volumes }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- end }}
