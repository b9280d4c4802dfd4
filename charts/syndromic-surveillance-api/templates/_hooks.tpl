{{/*
Annotations of what migrations need: (list . <delete policy>). Hooks run before anything else of the release is there, so on the first
install whatever the Job needs must be a hook too, one weight before it.
*/}}
{{- define "surveillance.beforeMigrations" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ sub (int (index . 0).Values.migrations.weight) 1 | quote }}
helm.sh/hook-delete-policy: {{ index . 1 | quote }}
{{- end -}}
