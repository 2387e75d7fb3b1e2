{{/* The Gateway that a policy is for. */}}
{{- define "gateway-responses.gateway-ref" -}}
group: gateway.networking.k8s.io
kind: Gateway
name: {{ .Values.envoyGateway.gateway | quote }}
{{- end }}

{{/* The metadata of the route that takes what no other route takes. */}}
{{- define "gateway-responses.no-route-metadata" -}}
name: "{{ include "gateway-responses.name" . }}-no-route"
namespace: {{ .Release.Namespace | quote }}
labels:
  {{- include "gateway-responses.labels" . | nindent 2 }}
{{- end }}
