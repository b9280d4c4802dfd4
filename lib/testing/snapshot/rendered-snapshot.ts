import { objectIdentity, type SourcedObject } from "../../render/objects/kubernetes-object";
import type { Body } from "../../render/stack/stack-file";
import { refuseIncomplete } from "../rendering/refuse-incomplete";
import type { RenderedStack } from "../rendering/render";
import { SNAPSHOT_MARK } from "../stack/read-output";
import { withoutSecrets } from "../values/hide-secrets";
import { namedAccounts } from "./account-names";
import { sameInContainers } from "./machine-paths";
import { FORM, sorted, unfolded } from "./plain-form";

/** The objects of a rendered stack by what brings them, then by what they are. Of how they were rendered nothing is kept. */
export function renderedForm(rendered: RenderedStack): Body {
  refuseIncomplete(rendered, "a snapshot must have all objects");
  const bySource = grouped(rendered.environment.objects, ({ source }) => source);
  const objects = [...bySource].map(([source, own]) => [source, Object.fromEntries(byIdentity(own))]);
  const shown = namedAccounts({ objects: Object.fromEntries(objects) }) as Body;
  return sorted({ "//": { [SNAPSHOT_MARK]: { form: FORM, rendered: rendered.stack.name } }, ...shown }) as Body;
}

/** Several objects that get their names later may have one identity. */
function byIdentity(objects: readonly SourcedObject[]): [string, unknown][] {
  return [...grouped(objects, objectIdentity)].map(([identity, same]) => {
    const shown = same.map(({ object }) => unfolded(withoutSecrets(sameInContainers(object))));
    return [identity, shown.length === 1 ? shown[0] : shown];
  });
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
