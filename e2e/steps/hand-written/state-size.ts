interface Attributes {
  readonly metadata?: readonly { readonly labels?: unknown }[];
  readonly spec?: unknown;
  readonly automount_service_account_token?: boolean;
}

interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes: Attributes }[];
  }[];
}

/** Bytes of a state file, whole and by the resources of a type as they stand in it. */
export function stateSize(text: string): { readonly total: number; readonly types: Readonly<Record<string, number>> } {
  const types: Record<string, number> = {};
  for (const resource of (JSON.parse(text) as State).resources) {
    const lines = JSON.stringify(resource, undefined, 2).split("\n");
    // Resources stand four blanks deep.
    const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 5, 0);
    types[resource.type] = (types[resource.type] ?? 0) + bytes;
  }
  return { total: Buffer.byteLength(text), types };
}

/** What the objects of a state say, each as text; names are not in it, nor are releases. */
export function specifications(text: string): string[] {
  const { resources } = JSON.parse(text) as State;
  return resources
    .filter(({ mode, type }) => mode === "managed" && type !== "helm_release")
    .flatMap(({ type, instances }) => instances.map(({ attributes }) => `${type} ${specification(attributes)}`))
    .sort();
}

function specification({ metadata, spec, automount_service_account_token }: Attributes): string {
  return JSON.stringify({ labels: metadata?.[0]?.labels, spec, automount_service_account_token });
}
