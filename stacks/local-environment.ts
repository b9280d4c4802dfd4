import type { KubeconfigEnvironmentConfig } from "../lib/environment/kubeconfig-environment";

/** Whether Ollama gets an NVIDIA GPU of the node. */
const OLLAMA_GPU = false;
const LIBRECHAT = { "app.kubernetes.io/name": "librechat" };

/** A cluster on one's own machine, for example minikube with its ingress add-on. Needs no AWS. */
export const local: KubeconfigEnvironmentConfig = {
  kind: "kubeconfig",
  name: "local",
  stage: "dev",
  kubeconfig: { path: "~/.kube/config", context: "minikube" },
  kubernetesVersion: "1.35",
  removal: "destroy",
  domain: "local.example.com",
  network: { loadBalancerNamespace: "ingress-nginx" },
  inCluster: {
    namespaces: [
      {
        namespaceName: "ollama",
        quota: { cpu: "8", memory: "32Gi" },
        allow: [
          { from: "load-balancer", pods: { "app.kubernetes.io/name": "ollama" }, ports: [11434] },
          { to: "internet", pods: { "app.kubernetes.io/name": "ollama" } },
        ],
      },
      {
        namespaceName: "librechat",
        allow: [
          { from: "load-balancer", pods: LIBRECHAT, ports: [3080] },
          { within: "namespace", pods: LIBRECHAT, peerPods: { "app.kubernetes.io/name": "mongodb" }, ports: [27017] },
          {
            within: "namespace",
            pods: LIBRECHAT,
            peerPods: { "app.kubernetes.io/name": "meilisearch" },
            ports: [7700],
          },
          {
            to: { namespace: "ollama" },
            pods: LIBRECHAT,
            peerPods: { "app.kubernetes.io/name": "ollama" },
            ports: [11434],
          },
        ],
      },
    ],
    secrets: [
      {
        namespace: "librechat",
        secretName: "librechat-credentials-env",
        variables: {
          JWT_SECRET: "jwt_secret",
          JWT_REFRESH_SECRET: "jwt_refresh_secret",
          CREDS_KEY: "creds_key",
          CREDS_IV: "creds_iv",
          MEILI_MASTER_KEY: "meili_master_key",
          MONGO_URI: "mongo_uri",
        },
        revision: 1,
      },
      {
        namespace: "librechat",
        secretName: "librechat-meilisearch",
        variables: { MEILI_MASTER_KEY: "meili_master_key" },
        revision: 1,
      },
      {
        namespace: "librechat",
        secretName: "librechat-mongodb",
        variables: { "mongodb-root-password": "mongodb_root_password", "mongodb-passwords": "mongodb_password" },
        revision: 1,
      },
    ],
    releases: [
      {
        name: "ollama",
        namespace: "ollama",
        chart: { repository: "https://otwld.github.io/ollama-helm/", name: "ollama", version: "1.41.0" },
        values: [{ file: "stacks/values/ollama.yaml" }, { ollama: { gpu: { enabled: OLLAMA_GPU } } }],
        // It is ready when its models are there, some gigabytes.
        timeoutSeconds: 3600,
      },
      {
        name: "librechat",
        namespace: "librechat",
        chart: { repository: "oci://ghcr.io/danny-avila/librechat-chart", name: "librechat", version: "1.5.0" },
        values: { file: "stacks/values/librechat.yaml" },
        timeoutSeconds: 900,
        after: ["ollama/ollama"],
      },
    ],
  },
};
