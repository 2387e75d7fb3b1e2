{{/* What is wrong with the values of the filter, as a list. */}}
{{- define "gateway-responses.wrong-filter" -}}
{{- $wrong := list }}
{{- if ne .Values.platform "none" }}
  {{- $wrong = concat $wrong (include "gateway-responses.wrong-document" . | fromJsonArray) }}
  {{- if not .Values.filter.image }}
    {{- $wrong = append $wrong "filter.image is missing: the URL of the module, such as oci://registry.example.com/gateway-responses:0.2.0" }}
  {{- end }}
{{- end }}
{{- if eq .Values.platform "istio" }}
  {{- $wrong = concat $wrong (include "gateway-responses.wrong-istio" .Values | fromJsonArray) }}
{{- else if eq .Values.platform "envoy-gateway" }}
  {{- $wrong = concat $wrong (include "gateway-responses.wrong-envoy-gateway" .Values | fromJsonArray) }}
{{- else if and (eq .Values.platform "none") (not .Values.gwrd.enabled) }}
  {{- $wrong = append $wrong "platform none and gwrd.enabled false leave nothing to install; set one of them" }}
{{- end }}
{{- toJson $wrong }}
{{- end }}

{{/* What is wrong with where the document comes from. */}}
{{- define "gateway-responses.wrong-document" -}}
{{- $wrong := list }}
{{- $d := .Values.document }}
{{- $given := list }}
{{- if $d.value }}{{ $given = append $given "document.value" }}{{ end }}
{{- if $d.text }}{{ $given = append $given "document.text" }}{{ end }}
{{- if $d.configMap.name }}{{ $given = append $given "document.configMap.name" }}{{ end }}
{{- if not $given }}
  {{- $wrong = append $wrong "the document is missing: give it by --set-file document.text=gwr.json, as document.value, or as document.configMap.name" }}
{{- else if gt (len $given) 1 }}
  {{- $wrong = append $wrong (printf "%s are given; keep one of them" (join " and " $given)) }}
{{- else if $d.text }}
  {{- with (fromJson $d.text).Error }}
    {{- $wrong = append $wrong (printf "document.text is no JSON object: %s; gwr build gwr.yaml --out gwr.json writes one" .) }}
  {{- end }}
{{- else if $d.configMap.name }}
  {{- $found := lookup "v1" "ConfigMap" .Release.Namespace $d.configMap.name }}
  {{- $data := get $found "data" | default dict }}
  {{- if not $found }}
    {{- $wrong = append $wrong (printf "document.configMap.name: there is no ConfigMap %q in the namespace %q, or Helm has not asked the cluster; helm template does so with --dry-run=server alone" $d.configMap.name .Release.Namespace) }}
  {{- else if not (hasKey $data $d.configMap.key) }}
    {{- $wrong = append $wrong (printf "document.configMap.key: the ConfigMap %q has no key %q; it has %s" $d.configMap.name $d.configMap.key (keys $data | sortAlpha | join ", " | default "none")) }}
  {{- else }}
    {{- with (get $data $d.configMap.key | fromJson).Error }}
      {{- $wrong = append $wrong (printf "the key %q of the ConfigMap %q is no JSON object: %s; gwr build gwr.yaml --out gwr.json writes one" $d.configMap.key $d.configMap.name .) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- toJson $wrong }}
{{- end }}

{{/* What is wrong with the values of Istio. */}}
{{- define "gateway-responses.wrong-istio" -}}
{{- $wrong := list }}
{{- $isFilter := eq .istio.manifest "envoyfilter" }}
{{- if and .istio.gateway .istio.selector }}
  {{- $wrong = append $wrong "istio.gateway and istio.selector both choose proxies; keep one of them" }}
{{- end }}
{{- if and (eq .istio.proxy "waypoint") (not .istio.gateway) }}
  {{- $wrong = append $wrong "istio.gateway is missing: a waypoint is chosen by the name of its Gateway" }}
{{- end }}
{{- if and (eq .istio.proxy "sidecar") (not .istio.selector) }}
  {{- $wrong = append $wrong "istio.selector is missing: the labels of the workload whose sidecars get the filter" }}
{{- end }}
{{- if and (eq .istio.proxy "waypoint") $isFilter }}
  {{- $wrong = append $wrong "istio.manifest envoyfilter has no effect on a waypoint; take wasmplugin or trafficextension" }}
{{- end }}
{{- if and .filter.pullSecret $isFilter }}
  {{- $wrong = append $wrong "filter.pullSecret has no place in an EnvoyFilter; take wasmplugin or trafficextension" }}
{{- end }}
{{- toJson $wrong }}
{{- end }}

{{/* What is wrong with the values of Envoy Gateway. */}}
{{- define "gateway-responses.wrong-envoy-gateway" -}}
{{- $wrong := list }}
{{- if not .envoyGateway.gateway }}
  {{- $wrong = append $wrong "envoyGateway.gateway is missing: the name of the Gateway" }}
{{- end }}
{{- if hasPrefix "file://" .filter.image }}
  {{- $wrong = append $wrong (printf "filter.image: Envoy Gateway fetches from oci://, https:// or http://, and not from %s" .filter.image) }}
{{- else if and .filter.pullSecret (not (hasPrefix "oci://" .filter.image)) }}
  {{- $wrong = append $wrong (printf "filter.pullSecret is for images, and %s is none; take oci://" .filter.image) }}
{{- end }}
{{- toJson $wrong }}
{{- end }}

{{/* What is wrong with the values of the server. */}}
{{- define "gateway-responses.wrong-gwrd" -}}
{{- $wrong := list }}
{{- with .Values.gwrd }}
{{- if .enabled }}
  {{- if not .image.repository }}
    {{- $wrong = append $wrong "gwrd.image.repository is missing: where your image of gwrd is, such as registry.example.com/gwrd" }}
  {{- end }}
  {{- if and (not .api.tlsSecret) (not .api.insecure) }}
    {{- $wrong = append $wrong "gwrd.api.tlsSecret is missing: a secret with tls.crt and tls.key; or set gwrd.api.insecure if something in front speaks TLS" }}
  {{- else if and .api.tlsSecret .api.insecure }}
    {{- $wrong = append $wrong "gwrd.api.tlsSecret and gwrd.api.insecure exclude each other; keep one of them" }}
  {{- end }}
  {{- if not .xds.tlsSecret }}
    {{- $wrong = append $wrong "gwrd.xds.tlsSecret is missing: a secret with tls.crt, tls.key and ca.crt; Envoys of other pods are known by their certificates" }}
  {{- end }}
  {{- if .postgres.url }}
    {{- if contains "password=" .postgres.url }}
      {{- $wrong = append $wrong "gwrd.postgres.url has a password; put it into a secret, and name that in gwrd.postgres.password.secret" }}
    {{- end }}
    {{- if not .sealKey.secret }}
      {{- $wrong = append $wrong "gwrd.sealKey.secret is missing: with PostgreSQL all servers have the same sealing key; openssl rand -base64 32 makes one" }}
    {{- end }}
    {{- if .sqlite.claim }}
      {{- $wrong = append $wrong "gwrd.sqlite.claim and gwrd.postgres.url exclude each other; keep one of them" }}
    {{- end }}
  {{- else }}
    {{- if gt (int .replicas) 1 }}
      {{- $wrong = append $wrong (printf "gwrd.replicas is %d: several servers need gwrd.postgres.url, and SQLite takes one" (int .replicas)) }}
    {{- end }}
    {{- if .postgres.password.secret }}
      {{- $wrong = append $wrong "gwrd.postgres.url is missing: gwrd.postgres.password.secret alone has no effect" }}
    {{- end }}
  {{- end }}
  {{- if and .oidc.issuer (not (and .oidc.clientID .oidc.grants .oidc.publicURL)) }}
    {{- $wrong = append $wrong "gwrd.oidc.issuer needs gwrd.oidc.clientID, gwrd.oidc.grants and gwrd.oidc.publicURL" }}
  {{- end }}
  {{- range list "automountServiceAccountToken" "containers" "initContainers" "securityContext" "serviceAccountName" "volumes" }}
    {{- if hasKey $.Values.gwrd.pod . }}
      {{- $wrong = append $wrong (printf "gwrd.pod.%s has no place: the chart sets it; volumes go into gwrd.volumes" .) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
{{- if and .Values.prometheus.podMonitor (not .Values.gwrd.enabled) }}
  {{- $wrong = append $wrong "prometheus.podMonitor is for gwrd; set gwrd.enabled" }}
{{- end }}
{{- toJson $wrong }}
{{- end }}
