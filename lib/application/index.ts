export { Application } from "./application";
export type { ApplicationChart } from "./application-chart";
export type {
  ApplicationDatabase,
  ApplicationEnvironment,
  ApplicationImage,
  ApplicationOptions,
  ApplicationProps,
  ApplicationReplicas,
} from "./application-props";
export type { ExistingSecret, ExternalPassword, PasswordSource, PasswordVariable, SecretKey } from "./password-source";
