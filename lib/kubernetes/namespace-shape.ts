import { aConstruct } from "../core/props-shape";

/** A namespace, made here or elsewhere. Others have the name of one too; what a resource says of it only a namespace has. */
export const aNamespace = aConstruct(
  "Namespace",
  ({ namespaceName, namespaceRef }) => typeof namespaceName === "string" && typeof namespaceRef === "string",
);

/** A namespace whose traffic can be opened from here. */
export const aTrafficNamespace = aConstruct("Namespace", ({ allow }) => typeof allow === "function");
