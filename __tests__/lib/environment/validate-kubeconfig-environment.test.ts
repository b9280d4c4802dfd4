import type { EnvironmentConfig } from "../../../lib/environment/environment-config";
import type { KubeconfigEnvironmentConfig } from "../../../lib/environment/kubeconfig-environment";
import { validatePlatform } from "../../../lib/environment/validate-platform";
import { messageOf } from "../../support/errors";
import { anyCluster, store } from "../../support/platform";

const FILE = "stacks/environments.ts";

function validate(config: EnvironmentConfig): void {
  validatePlatform({ stateStores: [store], environments: [config] });
}

function fault(changes: object): string {
  return messageOf(() => validate({ ...anyCluster, ...changes } as KubeconfigEnvironmentConfig));
}

test("needs no account, no state store and no tags", () => {
  expect(() => validatePlatform({ stateStores: [], environments: [anyCluster] })).not.toThrow();
});

test.each([
  ["its state in a store of the platform", { state: { store: "bootstrap", locking: "s3" } }],
  ["its state in another backend", { state: { backend: "gcs", arguments: { bucket: "state" } } }],
  ["what traffic means there", { network: { loadBalancerNamespace: "ingress-nginx", dnsAddress: "10.96.0.10" } }],
])("takes %s", (_what, changes) => {
  expect(() => validate({ ...anyCluster, ...changes } as KubeconfigEnvironmentConfig)).not.toThrow();
});

test.each([
  ["a kind that there is not", { kind: "gke" }, `'desk.kind' must be ("aws" | "kubeconfig"), got "gke" at ${FILE}`],
  [
    "an account, which only AWS has",
    { account: { accountId: "111122223333" } },
    `'desk.account' is not a known property at ${FILE}; remove it or correct its name`,
  ],
  [
    "a kubeconfig without context: the current one changes behind one's back",
    { kubeconfig: { path: "~/.kube/config" } },
    `'desk.kubeconfig.context' must be given at ${FILE}`,
  ],
  [
    "an empty path",
    { kubeconfig: { path: "", context: "minikube" } },
    `'desk.kubeconfig.path' must be given, got "" at ${FILE}; for example "~/.kube/config"`,
  ],
  [
    "a patch version",
    { kubernetesVersion: "1.35.4" },
    `'desk.kubernetesVersion' must be a minor version of Kubernetes, got "1.35.4" at ${FILE}; for example "1.35"`,
  ],
  [
    "teams in a cluster without admission policies",
    {
      kubernetesVersion: "1.29",
      inCluster: {
        namespaces: [{ namespaceName: "genomics" }],
        teams: [{ teamName: "genomics", namespaces: ["genomics"] }],
        releases: [],
      },
    },
    `'desk.kubernetesVersion' must be 1.30 or later in an environment with teams, got "1.29" at ${FILE}; upgrade the cluster, or leave 'inCluster.teams' out`,
  ],
  [
    "a state store that there is not",
    { state: { store: "bootstrp" } },
    `'desk.state.store' must be a state store (bootstrap), got "bootstrp" at ${FILE}`,
  ],
  [
    "a login in the backend",
    { state: { backend: "http", arguments: { password: "hunter2" } } },
    `'desk.state.arguments.password' must not be written out: the output of synth would hold it at ${FILE}; use TF_HTTP_PASSWORD`,
  ],
  [
    "prod with its state in a file, and nothing retained",
    { stage: "prod" },
    [
      `'desk.removal' must be "retain" in prod, got "destroy" at ${FILE}`,
      `'desk.state' must be given in prod at ${FILE}; a state in a file is lost with the machine, and nothing keeps two people apart`,
    ].join("\n"),
  ],
  [
    "members by AWS principals, and rights in AWS",
    {
      inCluster: {
        namespaces: [{ namespaceName: "genomics" }],
        releases: [],
        teams: [
          {
            teamName: "genomics",
            namespaces: ["genomics"],
            members: [{ principalArn: "arn:aws:iam::111122223333:role/GenomicsDeveloper", role: "edit" }],
          },
        ],
      },
    },
    `'desk.inCluster.teams.genomics.members[0].principalArn' must not be set without an EKS cluster, got "arn:aws:iam::111122223333:role/GenomicsDeveloper" at ${FILE}; name a group or a user of the cluster's login`,
  ],
  [
    "a Secret in a namespace that there is not",
    {
      inCluster: {
        namespaces: [],
        releases: [],
        secrets: [{ namespace: "chat", secretName: "login", variables: { KEY: "chat_key" }, revision: 1 }],
      },
    },
    `'desk.inCluster.secrets.login.namespace' must be one of , got "chat" at ${FILE}`,
  ],
])("refuses %s", (_what, changes, message) => {
  expect(fault(changes)).toBe(message);
});
