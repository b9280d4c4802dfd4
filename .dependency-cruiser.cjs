/** Which room may import which: ARCHITECTURE.md shows the same as a picture. */
const doors = {
  core: [],
  iam: ["core"],
  kms: ["core", "iam"],
  logs: ["core", "kms"],
  vpc: ["core", "iam", "kms", "logs"],
  state: ["core", "iam", "kms"],
  eks: ["core", "iam", "kms", "logs", "vpc"],
  kubernetes: ["core", "eks"],
  helm: ["core", "kubernetes"],
  registry: ["core", "iam", "kms"],
  application: ["core", "eks", "helm", "kubernetes"],
  environment: ["application", "core", "eks", "helm", "iam", "kms", "kubernetes", "logs", "registry", "state", "vpc"],
  render: [
    "core/go-scalars",
    "core/nearest",
    "helm/release-note",
    "kubernetes/pod-security",
    "kubernetes/quantity",
    "registry/registry-address",
  ],
  cli: ["render", "registry/registry-address", "helm/release-note"],
};

const rooms = Object.entries(doors).map(([room, allowed]) => ({
  name: `door-${room}`,
  comment: `lib/${room} may import from ${allowed.join(", ") || "no other room"}`,
  severity: "error",
  from: { path: `^lib/${room}/` },
  to: { path: "^(lib|stacks|e2e|bench)/|^main\\.ts$", pathNot: `^lib/(${[room, ...allowed].join("|")})(/|\\.ts$)` },
}));

module.exports = {
  forbidden: [
    ...rooms,
    {
      name: "render-from-json",
      comment: "rendering reads what synth wrote; of the constructs it knows types only",
      severity: "error",
      from: { path: "^lib/render/" },
      to: {
        path: "^lib/(?!render/|core/(nearest|go-scalars)\\.ts|kubernetes/quantity\\.ts|registry/registry-address\\.ts)|node_modules/(cdktf|constructs|@cdktf)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "stacks-from-lib",
      comment: "stacks compose what lib offers, but not its commands",
      severity: "error",
      from: { path: "^stacks/" },
      to: { path: "^(lib/cli|e2e|bench)/" },
    },
    {
      name: "pure-parts",
      comment: "arithmetic, names and policy documents know nothing of cdktf",
      severity: "error",
      from: {
        path: "^lib/(core/(names|account|policy-document|validation-error)|vpc/(cidr|subnet-layout)|kms/key-policy|iam/trust|state/state-location|registry/registry-address|kubernetes/(role-rules|team-roles|quantity|ip-range))\\.ts$",
      },
      to: { path: "node_modules/(cdktf|constructs|@cdktf)/" },
    },
    {
      name: "no-provider-barrel",
      comment: "a class by its own path takes 3 ms, a whole provider 2 s",
      severity: "error",
      from: {},
      to: { path: "node_modules/@cdktf/provider-[a-z]+/lib/index\\.(js|d\\.ts)$" },
    },
    {
      name: "no-unknown-package",
      severity: "error",
      from: { path: "^(lib|stacks|main\\.ts)" },
      to: {
        dependencyTypes: ["npm-no-pkg", "npm-unknown", "npm-dev"],
        pathNot: "node_modules/(cdktf|constructs|@cdktf)/",
      },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, path: "^(lib|stacks|e2e|bench)/", pathNot: "\\.d\\.ts$" },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
