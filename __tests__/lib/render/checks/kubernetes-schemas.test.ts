import { KUBERNETES_VERSIONS } from "../../../../lib/eks/kubernetes-version";
import { type StoredSchema, schemaData } from "../../../../lib/render/checks/kubernetes-schemas";
import { storedValidator } from "../../../../lib/render/checks/schema/validator";

const { sources, versions, schemas } = schemaData();

test("there are schemas for every version that EKS offers", () => {
  expect(Object.keys(versions)).toEqual(Object.keys(KUBERNETES_VERSIONS));
  expect(Object.entries(sources).filter(([minor, version]) => !version.startsWith(`v${minor}.`))).toEqual([]);
});

function references(schema: StoredSchema): string[] {
  const { ref, fields, items, values } = schema;
  const inner = [...Object.values(fields ?? {}), items, values].filter((each) => each !== undefined);
  return [...(ref && ref !== "self" ? [ref] : []), ...inner.flatMap(references)];
}

test("every schema is in use, and every one in use is there", () => {
  const used = [...Object.values(versions).flatMap(Object.values), ...Object.values(schemas).flatMap(references)];
  expect([...new Set(used)].sort()).toEqual(Object.keys(schemas).sort());
});

test("every kind of every version can be checked", () => {
  const ids = [...new Set(Object.values(versions).flatMap((kinds) => Object.values(kinds)))];
  const silent = ids.filter((id) => storedValidator(id)({ kind: 1 }).length === 0);
  expect(silent).toEqual([]);
});

test("the values that Kubernetes allows are among the schemas", () => {
  const containers = Object.entries(schemas).filter(([id]) => id.startsWith("Container."));
  const policies = new Set(containers.map(([, { fields }]) => fields?.imagePullPolicy?.enum?.join(" ")));
  expect([...policies]).toEqual(["Always IfNotPresent Never"]);
});
