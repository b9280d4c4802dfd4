{{/* What the pods of all components have: (list . <ServiceAccount>). */}}
{{- define "surveillance.pod" -}}
{{- $root := index . 0 -}}
serviceAccountName: {{ index . 1 | quote }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with $root.Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  seccompProfile:
    type: RuntimeDefault
{{- with $root.Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: {{ $root.Values.tmpSizeLimit | quote }}
{{- end -}}

{{/* Of the affinity of web pods only what says on which nodes the image can run: the rest is about web pods among themselves. */}}
{{- define "surveillance.nodeAffinity" -}}
{{- with .Values.affinity.nodeAffinity -}}
affinity:
  nodeAffinity: {{- toYaml . | nindent 4 }}
{{- end }}
{{- end -}}

{{/* What the containers of all components have. */}}
{{- define "surveillance.container" -}}
image: {{ include "surveillance.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy | quote }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
volumeMounts:
  - name: tmp
    mountPath: /tmp
{{- end -}}

{{/* Settings of the application: web pods and migrations have the same. */}}
{{- define "surveillance.environment" -}}
env:
  - name: PORT
    value: {{ .Values.service.port | int | quote }}
  {{- /* Load balancers and Prometheus ask with the pod's address as Host: the application can add it to ALLOWED_HOSTS. */}}
  - name: POD_IP
    valueFrom:
      fieldRef:
        fieldPath: status.podIP
  {{- with .Values.database }}
  {{- if .host }}
  - name: DB_HOST
    value: {{ .host | quote }}
  - name: DB_PORT
    value: {{ .port | int | quote }}
  - name: DB_NAME
    value: {{ .name | quote }}
  - name: DB_USER
    value: {{ .user | quote }}
  - name: DB_SSLMODE
    value: {{ .sslMode | quote }}
  - name: DB_PASSWORD
    valueFrom:
      secretKeyRef:
        name: {{ include "surveillance.databaseSecretName" $ | quote }}
        key: {{ .existingSecret.key | quote }}
  {{- end }}
  {{- end }}
  {{- range $name, $value := .Values.env }}
  - name: {{ $name | quote }}
    value: {{ $value | quote }}
  {{- end }}
{{- with .Values.envFromSecrets }}
envFrom:
  {{- range . }}
  - secretRef:
      name: {{ . | quote }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "surveillance.hostHeader" -}}
{{- default .Values.ingress.host .Values.healthCheck.hostHeader -}}
{{- end -}}

{{/* A probe: (list . .Values.readinessProbe <path>). */}}
{{- define "surveillance.probe" -}}
{{- $root := index . 0 -}}
{{- $probe := index . 1 -}}
httpGet:
  path: {{ index . 2 | quote }}
  port: http
  {{- /* Without it kubelet sends the pod's address, which Django's ALLOWED_HOSTS refuses. */}}
  {{- with include "surveillance.hostHeader" $root }}
  httpHeaders:
    - name: Host
      value: {{ . | quote }}
  {{- end }}
periodSeconds: {{ int $probe.periodSeconds }}
timeoutSeconds: {{ int $probe.timeoutSeconds }}
failureThreshold: {{ int $probe.failureThreshold }}
{{- with $probe.successThreshold }}
successThreshold: {{ int . }}
{{- end }}
{{- end -}}
