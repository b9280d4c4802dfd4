import { loginVariableChecks } from "../../../lib/cli/doctor/login-variable-checks";
import { blankStack, found } from "./doctor-fakes";

const byKubeconfig = { ...blankStack, kubeconfig: { path: "/config", context: "minikube" } };
const onEks = { ...blankStack, loginArguments: ["eks", "get-token"] };
const ALL = [
  "KUBE_CLIENT_CERT_DATA",
  "KUBE_CLIENT_KEY_DATA",
  "KUBE_CLUSTER_CA_CERT_DATA",
  "KUBE_CONFIG_PATH",
  "KUBE_CONFIG_PATHS",
  "KUBE_CTX",
  "KUBE_CTX_AUTH_INFO",
  "KUBE_CTX_CLUSTER",
  "KUBE_HOST",
  "KUBE_INSECURE",
  "KUBE_PASSWORD",
  "KUBE_PROXY_URL",
  "KUBE_TLS_SERVER_NAME",
  "KUBE_TOKEN",
  "KUBE_USER",
];
const env = Object.fromEntries(ALL.map((name) => [name, "hush"]));

test.each(["KUBE_HOST", "KUBE_CTX_CLUSTER", "KUBE_CONFIG_PATHS"])(
  "%s leads to another cluster than the context",
  async (name) => {
    expect(await found(loginVariableChecks(byKubeconfig, { [name]: "hush" }))).toEqual({
      [name]: {
        status: "fail",
        detail: "is set: the providers would go there instead of the context",
        fix: `unset ${name}`,
      },
    });
  },
);

test("KUBE_TOKEN is another login than the context's, and than the one of EKS", async () => {
  for (const stack of [byKubeconfig, onEks]) {
    expect(await found(loginVariableChecks(stack, { KUBE_TOKEN: "hush" }))).toEqual({
      KUBE_TOKEN: {
        status: "fail",
        detail: "is set: the providers would mix it into their login to the cluster",
        fix: "unset KUBE_TOKEN",
      },
    });
  }
});

test("with a kubeconfig all count but the path and the context that the stack gives; no value is shown", async () => {
  const results = await found(loginVariableChecks(byKubeconfig, env));
  expect(Object.keys(results).sort()).toEqual(ALL.filter((name) => !["KUBE_CONFIG_PATH", "KUBE_CTX"].includes(name)));
  expect(JSON.stringify(results)).not.toContain("hush");
});

test("on EKS the host, its certificate and a context do not count, and a path does", async () => {
  const harmless = ["KUBE_CLUSTER_CA_CERT_DATA", "KUBE_CTX", "KUBE_CTX_AUTH_INFO", "KUBE_CTX_CLUSTER", "KUBE_HOST"];
  const results = await found(loginVariableChecks(onEks, env));
  expect(Object.keys(results).sort()).toEqual(ALL.filter((name) => !harmless.includes(name)));
});

test("what is empty or not set has no line, nor has a stack without a cluster", () => {
  expect(loginVariableChecks(byKubeconfig, { KUBE_HOST: "" })).toEqual([]);
  expect(loginVariableChecks(onEks, {})).toEqual([]);
  expect(loginVariableChecks(blankStack, env)).toEqual([]);
});
