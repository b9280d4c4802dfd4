import type { HelmValues } from "../../lib/helm/values";
import type { Traffic } from "../../lib/kubernetes/traffic";

export interface Application {
  readonly name: string;
  readonly team: string;
  readonly values: HelmValues;
  readonly allow?: readonly Traffic<never>[];
}

const REGISTRY = "111122223333.dkr.ecr.eu-west-3.amazonaws.com";

/** The teams, each with a namespace of its own. */
export const TEAMS = ["oncology", "trials-office", "surveillance", "pharmacy"];

export const APPLICATIONS: readonly Application[] = [
  {
    name: "variant-calling",
    team: "oncology",
    values: {
      image: `${REGISTRY}/variant-calling`,
      tag: "2.1.0",
      replicas: 1,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://variant-calling.example.com" },
      existingSecret: "variant-calling-database",
    },
    allow: [{ from: "load-balancer", ports: [8080] }, { to: "internet" }],
  },
  {
    name: "sequence-archive",
    team: "oncology",
    values: {
      image: `${REGISTRY}/sequence-archive`,
      tag: "3.2.1",
      replicas: 2,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://sequence-archive.example.com" },
    },
    allow: [{ from: "load-balancer", ports: [8080] }, { to: "internet" }],
  },
  {
    name: "lineage-browser",
    team: "oncology",
    values: {
      image: `${REGISTRY}/lineage-browser`,
      tag: "1.3.2",
      replicas: 3,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://lineage-browser.example.com" },
    },
    allow: [{ from: "load-balancer", ports: [8080] }],
  },
  {
    name: "sample-intake",
    team: "oncology",
    values: {
      image: `${REGISTRY}/sample-intake`,
      tag: "2.4.3",
      replicas: 1,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://sample-intake.example.com" },
    },
    allow: [{ to: { cidrBlocks: ["10.20.0.0/24"] }, ports: [5432] }],
  },
  {
    name: "pipeline-status",
    team: "oncology",
    values: {
      image: `${REGISTRY}/pipeline-status`,
      tag: "3.5.4",
      replicas: 2,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://pipeline-status.example.com" },
    },
  },
  {
    name: "trial-registry",
    team: "trials-office",
    values: {
      image: `${REGISTRY}/trial-registry`,
      tag: "1.6.0",
      replicas: 1,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://trial-registry.example.com" },
      existingSecret: "trial-registry-database",
    },
    allow: [{ from: "load-balancer", ports: [8080] }, { to: "internet" }],
  },
  {
    name: "consent",
    team: "trials-office",
    values: {
      image: `${REGISTRY}/consent`,
      tag: "2.0.1",
      replicas: 2,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://consent.example.com" },
    },
    allow: [{ from: "load-balancer", ports: [8080] }, { to: "internet" }],
  },
  {
    name: "randomisation",
    team: "trials-office",
    values: {
      image: `${REGISTRY}/randomisation`,
      tag: "3.1.2",
      replicas: 3,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://randomisation.example.com" },
    },
    allow: [{ from: "load-balancer", ports: [8080] }],
  },
  {
    name: "adverse-events",
    team: "trials-office",
    values: {
      image: `${REGISTRY}/adverse-events`,
      tag: "1.2.3",
      replicas: 1,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://adverse-events.example.com" },
    },
    allow: [{ to: { cidrBlocks: ["10.20.0.0/24"] }, ports: [5432] }],
  },
  {
    name: "site-portal",
    team: "trials-office",
    values: {
      image: `${REGISTRY}/site-portal`,
      tag: "2.3.4",
      replicas: 2,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://site-portal.example.com" },
    },
  },
  {
    name: "case-reports",
    team: "surveillance",
    values: {
      image: `${REGISTRY}/case-reports`,
      tag: "3.4.0",
      replicas: 1,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://case-reports.example.com" },
      existingSecret: "case-reports-database",
    },
    allow: [{ from: "load-balancer", ports: [8080] }, { to: "internet" }],
  },
  {
    name: "wastewater",
    team: "surveillance",
    values: {
      image: `${REGISTRY}/wastewater`,
      tag: "1.5.1",
      replicas: 2,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://wastewater.example.com" },
    },
    allow: [{ from: "load-balancer", ports: [8080] }, { to: "internet" }],
  },
  {
    name: "outbreak-map",
    team: "surveillance",
    values: {
      image: `${REGISTRY}/outbreak-map`,
      tag: "2.6.2",
      replicas: 3,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://outbreak-map.example.com" },
    },
    allow: [{ from: "load-balancer", ports: [8080] }],
  },
  {
    name: "lab-results",
    team: "surveillance",
    values: {
      image: `${REGISTRY}/lab-results`,
      tag: "3.0.3",
      replicas: 1,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://lab-results.example.com" },
    },
    allow: [{ to: { cidrBlocks: ["10.20.0.0/24"] }, ports: [5432] }],
  },
  {
    name: "alerts",
    team: "surveillance",
    values: {
      image: `${REGISTRY}/alerts`,
      tag: "1.1.4",
      replicas: 2,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://alerts.example.com" },
    },
  },
  {
    name: "stock",
    team: "pharmacy",
    values: {
      image: `${REGISTRY}/stock`,
      tag: "2.2.0",
      replicas: 1,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://stock.example.com" },
      existingSecret: "stock-database",
    },
    allow: [{ from: "load-balancer", ports: [8080] }, { to: "internet" }],
  },
  {
    name: "prescriptions",
    team: "pharmacy",
    values: {
      image: `${REGISTRY}/prescriptions`,
      tag: "3.3.1",
      replicas: 2,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://prescriptions.example.com" },
    },
    allow: [{ from: "load-balancer", ports: [8080] }, { to: "internet" }],
  },
  {
    name: "cold-chain",
    team: "pharmacy",
    values: {
      image: `${REGISTRY}/cold-chain`,
      tag: "1.4.2",
      replicas: 3,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://cold-chain.example.com" },
    },
    allow: [{ from: "load-balancer", ports: [8080] }],
  },
  {
    name: "recalls",
    team: "pharmacy",
    values: {
      image: `${REGISTRY}/recalls`,
      tag: "2.5.3",
      replicas: 1,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://recalls.example.com" },
    },
    allow: [{ to: { cidrBlocks: ["10.20.0.0/24"] }, ports: [5432] }],
  },
  {
    name: "formulary",
    team: "pharmacy",
    values: {
      image: `${REGISTRY}/formulary`,
      tag: "3.6.4",
      replicas: 2,
      env: { LOG_LEVEL: "info", PUBLIC_URL: "https://formulary.example.com" },
    },
  },
];
