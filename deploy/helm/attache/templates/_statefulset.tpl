{{/*
A server as a StatefulSet. Takes root, component, values, replicas, port,
metricsPort, readiness (what of grpc.health.v1 tells that it takes clients),
flags and secrets (as in _server.tpl, of its own).
*/}}
{{- define "attache.statefulSet" -}}
{{- $root := .root -}}
{{- $values := .values -}}
{{- $secrets := compact (splitList "\n" (printf "%s\n%s" (include "attache.serverSecrets" .) .secrets)) -}}
{{- $preStopSeconds := 5 -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ include "attache.fullname" $root }}-{{ .component }}
  namespace: {{ $root.Release.Namespace }}
  labels: {{- include "attache.labels" . | nindent 4 }}
spec:
  replicas: {{ .replicas }}
  serviceName: {{ include "attache.fullname" $root }}-{{ .component }}-headless
  podManagementPolicy: Parallel
  updateStrategy:
    type: RollingUpdate
  selector:
    matchLabels: {{- include "attache.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- with $values.podLabels }}{{ toYaml . | nindent 8 }}{{ end }}
        {{- include "attache.selector" . | nindent 8 }}
      {{- with $values.podAnnotations }}
      annotations: {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ include "attache.serviceAccount" $root }}
      automountServiceAccountToken: false
      # Kubernetes would set ATTACHE_QUERY_PORT and the like, and the programs
      # read ATTACHE_<FLAG>.
      enableServiceLinks: false
      {{- with $root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      # Clients are told to go elsewhere, calls end, files are closed.
      terminationGracePeriodSeconds: {{ add $preStopSeconds $values.drainSeconds 15 }}
      securityContext:
        runAsNonRoot: true
        runAsUser: {{ $root.Values.securityContext.runAsUser }}
        runAsGroup: {{ $root.Values.securityContext.runAsGroup }}
        fsGroup: {{ $root.Values.securityContext.fsGroup }}
        fsGroupChangePolicy: OnRootMismatch
        seccompProfile:
          type: RuntimeDefault
      {{- with $values.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      {{- with $values.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.affinity }}
      affinity: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- if $values.topologySpreadConstraints }}
      topologySpreadConstraints:
        {{- range $values.topologySpreadConstraints }}
        -
          {{- toYaml . | nindent 10 }}
          labelSelector:
            matchLabels: {{- include "attache.selector" $ | nindent 14 }}
        {{- end }}
      {{- end }}
      containers:
        - name: {{ .component }}
          image: {{ include "attache.image" . }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          args:
            {{- range compact (splitList "\n" (printf "%s\n%s" (include "attache.serverFlags" .) .flags)) }}
            - {{ . | quote }}
            {{- end }}
          ports:
            - name: grpc
              containerPort: {{ .port }}
            - name: metrics
              containerPort: {{ .metricsPort }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          resources: {{- toYaml $values.resources | nindent 12 }}
          startupProbe:
            {{- include "attache.probe" (merge (dict "health" "liveness") .) | nindent 12 }}
            periodSeconds: 2
            timeoutSeconds: 5
            failureThreshold: 60
          livenessProbe:
            {{- include "attache.probe" (merge (dict "health" "liveness") .) | nindent 12 }}
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            {{- include "attache.probe" (merge (dict "health" .readiness) .) | nindent 12 }}
            periodSeconds: 5
            timeoutSeconds: 5
            failureThreshold: 2
          lifecycle:
            # Until no Service sends clients here any more.
            preStop:
              exec:
                command: [sleep, {{ $preStopSeconds | quote }}]
          volumeMounts:
            - name: data
              mountPath: /data
            - name: tmp
              mountPath: /tmp
            {{- range $secrets }}
            - name: {{ index (splitList " " .) 0 }}
              mountPath: /etc/attache/{{ index (splitList " " .) 0 }}
              readOnly: true
            {{- end }}
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 256Mi
        {{- range $secrets }}
        {{- $parts := splitList " " . }}
        - name: {{ index $parts 0 }}
          secret:
            secretName: {{ index $parts 1 }}
            defaultMode: 288 # 0440
            items:
              {{- range slice $parts 2 }}
              - {key: {{ . }}, path: {{ . }}}
              {{- end }}
        {{- end }}
  volumeClaimTemplates:
    - metadata:
        name: data
        labels: {{- include "attache.selector" . | nindent 10 }}
      spec:
        accessModes: {{- toYaml $values.storage.accessModes | nindent 10 }}
        {{- with $values.storage.storageClassName }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ $values.storage.size }}
{{- end -}}
