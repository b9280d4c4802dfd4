/**
 * The values that Kubernetes allows for a field, by definition and field. The Swagger document leaves them out; the Go code that it is
 * made from has them.
 */
export function readEnums(source: string): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const enums = new Map<string, Map<string, readonly string[]>>();
  let definition: string | undefined;
  let field: string | undefined;
  for (const line of source.split("\n")) {
    const start = line.match(/^func schema_(\w+)\(/);
    if (start) {
      // Definitions of the API alone: the others are configuration files of Kubernetes' own programs.
      const name = start[1]?.match(/^k8sio_api_([a-z0-9]+)_(v[a-z0-9]+)_(\w+)$/);
      definition = name ? `io.k8s.api.${name[1]}.${name[2]}.${name[3]}` : undefined;
      field = undefined;
    }
    field = line.match(/^\t{5}"([^"]+)": \{$/)?.[1] ?? field;
    const list = line.match(/^\t+Enum: +\[\]interface\{\}\{(.+)\},$/)?.[1];
    if (!list || !definition || !field) continue;
    const values = JSON.parse(`[${list}]`) as string[];
    const fields = enums.get(definition) ?? new Map<string, readonly string[]>();
    enums.set(definition, fields.set(field, values.sort()));
  }
  return enums;
}
