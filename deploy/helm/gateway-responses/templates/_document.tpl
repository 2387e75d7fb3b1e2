{{/*
The document as JSON. What is no JSON object has the key Error, as fromJson has it. A document without a key gets the key version:
Istio leaves an empty pluginConfig out.
*/}}
{{- define "gateway-responses.document" -}}
{{- $d := .Values.document }}
{{- $document := $d.value }}
{{- if $d.text }}
{{- $document = fromJson $d.text }}
{{- else if $d.configMap.name }}
{{- $found := lookup "v1" "ConfigMap" .Release.Namespace $d.configMap.name }}
{{- $document = get (get $found "data" | default dict) $d.configMap.key | fromJson }}
{{- end }}
{{- $document | default (dict "version" 1) | toJson }}
{{- end }}

{{/*
The document on several lines, safe in a block of YAML and as YAML of its own: what YAML does not print is escaped. toYaml would
give nothing for a text with such a character.
*/}}
{{- define "gateway-responses.document-lines" -}}
{{- $text := include "gateway-responses.document" . | fromJson | mustToPrettyJson }}
{{- range $code := concat (untilStep 127 160 1) (list 65279 65534 65535) }}
{{- $text = $text | replace (printf "%c" $code) (printf "\\u%04x" $code) }}
{{- end }}
{{- $text }}
{{- end }}

{{/* The digest of the module, in hexadecimal alone. */}}
{{- define "gateway-responses.sha256" -}}
{{ trimPrefix "sha256:" .Values.filter.sha256 }}
{{- end }}
