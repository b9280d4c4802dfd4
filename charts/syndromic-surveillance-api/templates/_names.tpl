{{/* The chart's name, as in the label app.kubernetes.io/name. */}}
{{- define "surveillance.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 53 | trimSuffix "-" -}}
{{- end -}}

{{/*
Name of the objects: 53 characters leave room for "-database" in the 63 of a label. A release's name may have dots, a Service's may not.
*/}}
{{- define "surveillance.fullname" -}}
{{- $name := include "surveillance.name" . -}}
{{- $both := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- default $both .Values.fullnameOverride | replace "." "-" | trunc 53 | trimSuffix "-" -}}
{{- end -}}

{{- define "surveillance.serviceAccountName" -}}
{{- default (include "surveillance.fullname" .) .Values.serviceAccount.name -}}
{{- end -}}

{{/* On the first install hooks run before the chart's own ServiceAccount is there. */}}
{{- define "surveillance.migrateServiceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- printf "%s-migrate" (include "surveillance.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "surveillance.databaseSecretName" -}}
{{- if .Values.database.externalSecret.enabled -}}
{{- printf "%s-database" (include "surveillance.fullname" .) -}}
{{- else -}}
{{- .Values.database.existingSecret.name -}}
{{- end -}}
{{- end -}}

{{/* Not empty if there is something to migrate. */}}
{{- define "surveillance.migrates" -}}
{{- if and .Values.migrations.enabled .Values.database.host -}}true{{- end -}}
{{- end -}}

{{- define "surveillance.image" -}}
{{- $tag := empty .Values.image.tag | ternary "" (printf ":%s" .Values.image.tag) -}}
{{- $digest := empty .Values.image.digest | ternary "" (printf "@%s" .Values.image.digest) -}}
{{- printf "%s%s%s" .Values.image.repository $tag $digest -}}
{{- end -}}
