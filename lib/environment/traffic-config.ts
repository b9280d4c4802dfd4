import type { Traffic } from "../kubernetes/traffic";

/** Traffic, with another namespace of the environment by its name. */
export type TrafficConfig = Traffic<NamedNamespace>;

/** A namespace of the environment, by its name. */
export interface NamedNamespace {
  readonly namespace: string;
}
