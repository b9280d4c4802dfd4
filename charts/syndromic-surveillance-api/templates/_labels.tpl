{{/* What selects pods of one component: (list . "web"). Never changes in the life of a release. */}}
{{- define "surveillance.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ include "surveillance.name" $root | quote }}
app.kubernetes.io/instance: {{ $root.Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* The tag, which may be longer than a label, and begin or end as a label may not; if nothing is left of it, the digest's beginning. */}}
{{- define "surveillance.version" -}}
{{- $tag := .Values.image.tag | trunc 63 | trimAll "_.-" -}}
{{- default (.Values.image.digest | trimPrefix "sha256:" | trunc 12) $tag -}}
{{- end -}}

{{/* Labels of an object of a component: (list . "web"). */}}
{{- define "surveillance.labels" -}}
{{- $root := index . 0 -}}
{{ include "surveillance.selector" . }}
{{- with include "surveillance.version" $root }}
app.kubernetes.io/version: {{ . | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 | trimAll "-_." }}
{{- with $root.Values.team }}
team: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* Labels of a pod: (list . "web" .Values.podLabels). The chart's own are not to be written over: the schema refuses them. */}}
{{- define "surveillance.podLabels" -}}
{{ include "surveillance.labels" . }}
{{- with index . 2 }}
{{ toYaml . }}
{{- end }}
{{- end -}}
