import { database, identities, only, render } from "./chart";

const name = "release-syndromic-surveillance-api";
const own = { "app.kubernetes.io/name": "syndromic-surveillance-api", "app.kubernetes.io/instance": "release" };
const web = { ...own, "app.kubernetes.io/component": "web" };

const DEFAULT = [
  `Deployment ${name}`,
  `HorizontalPodAutoscaler ${name}`,
  `Pod ${name}-test`,
  `PodDisruptionBudget ${name}`,
  `Service ${name}`,
  `ServiceAccount ${name}`,
];

test("by default there are pods that scale, and nothing that needs another chart", () => {
  expect(identities(render())).toEqual(DEFAULT);
});

test.each([
  [{ autoscaling: { enabled: false } }, [`HorizontalPodAutoscaler ${name}`]],
  [{ podDisruptionBudget: { enabled: false } }, [`PodDisruptionBudget ${name}`]],
  [{ serviceAccount: { create: false, name: "api" } }, [`ServiceAccount ${name}`]],
  [{ tests: { enabled: false } }, [`Pod ${name}-test`]],
])("%j takes away %j", (values, gone) => {
  expect(identities(render(values))).toEqual(DEFAULT.filter((each) => !gone.includes(each)));
});

test.each([
  [{ ingress: { enabled: true, host: "a.example.com" } }, [`Ingress ${name}`]],
  [{ networkPolicy: { enabled: true } }, [`NetworkPolicy ${name}`]],
  [{ serviceMonitor: { enabled: true } }, [`ServiceMonitor ${name}`]],
  [{ database }, [`Job ${name}-migrate`, `ServiceAccount ${name}-migrate`]],
  [{ database, serviceAccount: { create: false, name: "a" } }, [`Job ${name}-migrate`]],
  [
    { database, networkPolicy: { enabled: true, databaseCidrs: ["10.0.0.0/16"] } },
    [`Job ${name}-migrate`, `NetworkPolicy ${name}`, `NetworkPolicy ${name}-migrate`, `ServiceAccount ${name}-migrate`],
  ],
])("%j adds %j", (values, added) => {
  expect(identities(render(values)).filter((each) => !DEFAULT.includes(each))).toEqual(added);
});

test("topologySpread.enabled: false leaves placing to the scheduler", () => {
  const { spec } = only(render({ topologySpread: { enabled: false } }), "Deployment").spec.template;
  expect(spec).not.toHaveProperty("topologySpreadConstraints");
});

test("preStopSeconds: 0 leaves the hook out", () => {
  const [container] = only(render({ preStopSeconds: 0 }), "Deployment").spec.template.spec.containers;
  expect(container).not.toHaveProperty("lifecycle");
});

test("an Ingress listens on HTTPS alone and finds the certificate by its host", () => {
  const { metadata, spec } = only(render({ ingress: { enabled: true, host: "api.example.com" } }), "Ingress");
  expect(metadata.annotations).toEqual({
    "alb.ingress.kubernetes.io/scheme": "internet-facing",
    "alb.ingress.kubernetes.io/target-type": "ip",
    "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS": 443}]',
    "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "alb.ingress.kubernetes.io/healthcheck-path": "/healthz/",
    "alb.ingress.kubernetes.io/success-codes": "200",
    "alb.ingress.kubernetes.io/load-balancer-attributes": "routing.http.drop_invalid_header_fields.enabled=true",
    "alb.ingress.kubernetes.io/target-group-attributes": "deregistration_delay.timeout_seconds=30",
  });
  const service = { name, port: { name: "http" } };
  expect(spec).toEqual({
    ingressClassName: "alb",
    rules: [{ host: "api.example.com", http: { paths: [{ path: "/", pathType: "Prefix", backend: { service } }] } }],
  });
});

test("an Ingress takes a certificate, another scheme and more annotations", () => {
  const ingress = {
    enabled: true,
    host: "api.example.com",
    className: "alb-internal",
    path: "/api/",
    scheme: "internal",
    certificateArn: "arn:aws:acm:eu-west-3:111122223333:certificate/12345678",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
    annotations: { "alb.ingress.kubernetes.io/group.name": "staging" },
  };
  const { metadata, spec } = only(render({ ingress, healthCheck: { path: "/up" } }), "Ingress");
  expect(metadata.annotations).toMatchObject({
    "alb.ingress.kubernetes.io/scheme": "internal",
    "alb.ingress.kubernetes.io/certificate-arn": ingress.certificateArn,
    "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-3-2021-06",
    "alb.ingress.kubernetes.io/healthcheck-path": "/up",
    "alb.ingress.kubernetes.io/group.name": "staging",
  });
  expect(spec.ingressClassName).toBe("alb-internal");
  expect(spec.rules[0].http.paths[0].path).toBe("/api/");
});

test("attributes of the load balancer are added to the chart's own, and win over the same one", () => {
  const written = (loadBalancer: string, targetGroup: string) => {
    const annotations = {
      "alb.ingress.kubernetes.io/load-balancer-attributes": loadBalancer,
      "alb.ingress.kubernetes.io/target-group-attributes": targetGroup,
    };
    const ingress = { enabled: true, host: "api.example.com", annotations };
    const { metadata } = only(render({ ingress }), "Ingress");
    return Object.keys(annotations).map((key) => metadata.annotations[key]);
  };
  expect(written("idle_timeout.timeout_seconds=120", "slow_start.duration_seconds=30")).toEqual([
    "routing.http.drop_invalid_header_fields.enabled=true,idle_timeout.timeout_seconds=120",
    "deregistration_delay.timeout_seconds=30,slow_start.duration_seconds=30",
  ]);
  const other = [
    "routing.http.drop_invalid_header_fields.enabled=false",
    "deregistration_delay.timeout_seconds=5,a=b",
  ] as const;
  expect(written(...other)).toEqual(other);
});

test.each([1, 1000, "25%"])("podDisruptionBudget.maxUnavailable: %j stays what it is", (maxUnavailable) => {
  const budget = only(render({ podDisruptionBudget: { maxUnavailable } }), "PodDisruptionBudget");
  expect(budget.spec.maxUnavailable).toBe(maxUnavailable);
});

test("policies let through what is listed, DNS and the release's own test", () => {
  const networkPolicy = {
    enabled: true,
    ingressCidrs: ["10.0.0.0/20"],
    ingressFrom: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } }],
    databaseCidrs: ["10.0.64.0/20", "fd00::/64"],
    egress: [{ to: [{ ipBlock: { cidr: "192.0.2.0/24" } }], ports: [{ port: 443 }] }],
  };
  const objects = render({ database: { ...database, port: 6432 }, networkPolicy });
  const outside = [
    {
      to: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
          podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
        },
      ],
      ports: [
        { port: 53, protocol: "UDP" },
        { port: 53, protocol: "TCP" },
      ],
    },
    {
      to: [{ ipBlock: { cidr: "10.0.64.0/20" } }, { ipBlock: { cidr: "fd00::/64" } }],
      ports: [{ port: 6432, protocol: "TCP" }],
    },
    networkPolicy.egress[0],
  ];
  const http = [{ port: "http", protocol: "TCP" }];
  expect(only(objects, "NetworkPolicy", "-api").spec).toEqual({
    podSelector: {
      matchLabels: own,
      matchExpressions: [{ key: "app.kubernetes.io/component", operator: "In", values: ["web", "test"] }],
    },
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      {
        from: [
          { podSelector: { matchLabels: { ...own, "app.kubernetes.io/component": "test" } } },
          { ipBlock: { cidr: "10.0.0.0/20" } },
          networkPolicy.ingressFrom[0],
        ],
        ports: http,
      },
    ],
    egress: [{ to: [{ podSelector: { matchLabels: web } }], ports: http }, ...outside],
  });
  const { metadata, spec } = only(objects, "NetworkPolicy", "-migrate");
  expect(metadata.annotations).toEqual({
    "helm.sh/hook": "pre-install,pre-upgrade",
    "helm.sh/hook-weight": "-6",
    "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
  });
  expect(spec).toEqual({
    podSelector: { matchLabels: { ...own, "app.kubernetes.io/component": "migrate" } },
    policyTypes: ["Ingress", "Egress"],
    egress: outside,
  });
});

test("a ServiceMonitor finds the Service", () => {
  const values = {
    serviceMonitor: { enabled: true, interval: "1m", path: "/stats", labels: { release: "prometheus" } },
  };
  const { metadata, spec } = only(render(values), "ServiceMonitor");
  expect(metadata.labels.release).toBe("prometheus");
  expect(spec).toEqual({
    selector: { matchLabels: web },
    endpoints: [{ port: "http", path: "/stats", interval: "1m" }],
  });
});

test("helm test asks through the Service, and leaves a pod that failed", () => {
  const { metadata, spec } = only(render(), "Pod");
  expect(metadata.annotations).toEqual({
    "helm.sh/hook": "test",
    "helm.sh/hook-delete-policy": "before-hook-creation",
  });
  expect([spec.restartPolicy, spec.activeDeadlineSeconds]).toEqual(["Never", 60]);
  expect(spec.containers[0].env[0]).toEqual({ name: "HEALTH_URL", value: `http://${name}:8000/healthz/` });
});
