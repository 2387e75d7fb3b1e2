{{/* Whether the labels of the proxies choose them, and which: those of the values, or of Istio's ingress gateway. */}}
{{- define "gateway-responses.istio-labels" -}}
{{- toYaml (.Values.istio.selector | default (dict "istio" "ingress")) }}
{{- end }}

{{/* A Gateway of the Gateway API, in the same namespace. */}}
{{- define "gateway-responses.target-refs" -}}
targetRefs:
- group: gateway.networking.k8s.io
  kind: Gateway
  name: {{ . | quote }}
{{- end }}

{{/* The proxies of a WasmPlugin or a TrafficExtension. */}}
{{- define "gateway-responses.istio-target" -}}
{{- if .Values.istio.gateway }}
{{- include "gateway-responses.target-refs" .Values.istio.gateway }}
{{- else -}}
selector:
  matchLabels:
    {{- include "gateway-responses.istio-labels" . | nindent 4 }}
{{- end }}
{{- if eq .Values.istio.proxy "sidecar" }}
# Requests that come in, not those that the workload sends.
match:
- mode: SERVER
{{- end }}
{{- end }}

{{/* The module and the document, as a WasmPlugin and a TrafficExtension have them. */}}
{{- define "gateway-responses.istio-wasm" -}}
url: {{ .Values.filter.image | quote }}
{{- with include "gateway-responses.sha256" . }}
sha256: {{ . | quote }}
{{- end }}
{{- with .Values.filter.pullSecret }}
imagePullSecret: {{ . | quote }}
{{- end }}
imagePullPolicy: IfNotPresent
# If the filter cannot be fetched, or should ever crash, later replies stay as Envoy made them.
failStrategy: FAIL_OPEN
# Becomes root_id.
pluginName: {{ .Values.filter.rootID | quote }}
# The document. Istio hands it over as text, as JSON.
pluginConfig:
  {{- include "gateway-responses.document-lines" . | nindent 2 }}
{{- end }}
