{{/* Rules between values that the schema cannot say, or says badly. All faults at once. */}}
{{- define "surveillance.check" -}}
{{- $faults := list -}}
{{- with .Values.image -}}
{{- if not .repository -}}
{{- $faults = append $faults "image.repository: must be given" -}}
{{- end -}}
{{- if not (or .tag .digest) -}}
{{- $faults = append $faults "image.tag: must be given, or image.digest" -}}
{{- end -}}
{{- end -}}
{{- $fullname := include "surveillance.fullname" . -}}
{{- if not (regexMatch "^[a-z]" $fullname) -}}
{{- $faults = append $faults (printf "fullnameOverride: must be given, a Service named %s would not begin with a letter" $fullname) -}}
{{- end -}}
{{- with .Values.autoscaling -}}
{{- $least := int .minReplicas -}}
{{- $most := int .maxReplicas -}}
{{- if and .enabled (gt $least $most) -}}
{{- $faults = append $faults (printf "autoscaling.minReplicas: must be at most maxReplicas, %d, got %d" $most $least) -}}
{{- end -}}
{{- end -}}
{{- $stop := int .Values.preStopSeconds -}}
{{- $grace := int .Values.terminationGracePeriodSeconds -}}
{{- if ge $stop $grace -}}
{{- $rule := "must be less than terminationGracePeriodSeconds" -}}
{{- $faults = append $faults (printf "preStopSeconds: %s, %d, got %d" $rule $grace $stop) -}}
{{- end -}}
{{- with .Values.database -}}
{{- $secret := .existingSecret.name -}}
{{- if and .externalSecret.enabled $secret -}}
{{- $faults = append $faults "database.existingSecret.name: must be empty with database.externalSecret.enabled" -}}
{{- else if and .host (not .externalSecret.enabled) (not $secret) -}}
{{- $faults = append $faults "database.existingSecret.name: must be given, or database.externalSecret.enabled" -}}
{{- end -}}
{{- end -}}
{{- $own := list "PORT" "POD_IP" -}}
{{- if .Values.database.host -}}
{{- $own = concat $own (list "DB_HOST" "DB_PORT" "DB_NAME" "DB_USER" "DB_SSLMODE" "DB_PASSWORD") -}}
{{- end -}}
{{- range $name, $value := .Values.env -}}
{{- if has $name $own -}}
{{- $faults = append $faults (printf "env.%s: must not be given, the chart sets it" $name) -}}
{{- end -}}
{{- end -}}
{{- with .Values.networkPolicy -}}
{{- if and .enabled $.Values.database.host (not .databaseCidrs) (not .egress) -}}
{{- $faults = append $faults "networkPolicy.databaseCidrs: must have a range of database.host, or networkPolicy.egress a rule" -}}
{{- end -}}
{{- if and .enabled $.Values.ingress.enabled (not .ingressCidrs) (not .ingressFrom) -}}
{{- $faults = append $faults "networkPolicy.ingressCidrs: must have the load balancer's subnets, or networkPolicy.ingressFrom a source" -}}
{{- end -}}
{{- end -}}
{{- if $faults -}}
{{- fail (printf "\n- %s" (join "\n- " $faults)) -}}
{{- end -}}
{{- end -}}
