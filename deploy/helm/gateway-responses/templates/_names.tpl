{{/* What the objects are called. */}}
{{- define "gateway-responses.name" -}}
{{ .Values.name | default .Release.Name }}
{{- end }}

{{/* What the objects of the server are called. */}}
{{- define "gateway-responses.gwrd" -}}
{{ include "gateway-responses.name" . }}-gwrd
{{- end }}

{{/* The labels of all objects. */}}
{{- define "gateway-responses.labels" -}}
app.kubernetes.io/name: gateway-responses
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{ include "gateway-responses.shared-labels" . }}
{{- end }}

{{/* Those that objects of the filter and of the server share. */}}
{{- define "gateway-responses.shared-labels" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: "{{ .Chart.Name }}-{{ .Chart.Version | replace "+" "_" }}"
{{- end }}

{{/* The labels by which the pods of the server are found. */}}
{{- define "gateway-responses.gwrd-selector" -}}
app.kubernetes.io/name: gwrd
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* The metadata of an object of the filter. */}}
{{- define "gateway-responses.metadata" -}}
name: {{ include "gateway-responses.name" . | quote }}
namespace: {{ .Release.Namespace | quote }}
labels:
  {{- include "gateway-responses.labels" . | nindent 2 }}
{{- end }}

{{/* The metadata of an object of the server. */}}
{{- define "gateway-responses.gwrd-metadata" -}}
name: {{ include "gateway-responses.gwrd" . | quote }}
namespace: {{ .Release.Namespace | quote }}
labels:
  {{- include "gateway-responses.gwrd-selector" . | nindent 2 }}
  {{- include "gateway-responses.shared-labels" . | nindent 2 }}
{{- end }}
