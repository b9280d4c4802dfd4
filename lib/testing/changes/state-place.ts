import { basename, isAbsolute } from "node:path";
import { isSame, keysOf } from "../../render/diff/plain-data";
import { isMap } from "../../render/objects/is-map";
import type { Body } from "../../render/stack/stack-file";
import type { StackUnderTest } from "../stack/stack-under-test";
import type { Replacement } from "./replaced-by";

/** What says where a state lies; the rest is about locks, keys and access. Of other backends, all of it. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  s3: ["bucket", "key", "workspace_key_prefix"],
  local: ["path", "workspace_dir"],
};

/** What says that the state lies elsewhere than before. A stack without settings of Terraform, or an attribute that is not written, says nothing. */
export function stateChanges(before: StackUnderTest, after: StackUnderTest): Replacement[] {
  const [old, now] = [backendOf(before), backendOf(after)];
  if (!old || !now) return [];
  if (old.type !== now.type) return [{ attribute: "backend", from: old.type, to: now.type }];
  return (PLACES[old.type] ?? keysOf(old.settings, now.settings)).flatMap((attribute) => {
    const [from, to] = [old.settings[attribute] ?? undefined, now.settings[attribute] ?? undefined];
    if (from === undefined || to === undefined || isSame(comparable(from), comparable(to))) return [];
    return [{ attribute, from, to }];
  });
}

interface Backend {
  readonly type: string;
  readonly settings: Body;
}

function backendOf({ json: { terraform } }: StackUnderTest): Backend | undefined {
  const [settings] = [terraform].flat();
  if (!isMap(settings)) return undefined;
  const [cloud] = [settings.cloud].flat();
  if (isMap(cloud)) return { type: "cloud", settings: cloud };
  const [backends] = [settings.backend].flat();
  const [[type, body] = []] = isMap(backends) ? Object.entries(backends) : [];
  const [written] = [body].flat();
  return type === undefined ? undefined : { type, settings: isMap(written) ? written : {} };
}

/** cdktf writes the whole path of a local state: it has the folder that the project lay in. */
function comparable(value: unknown): unknown {
  return typeof value === "string" && isAbsolute(value) ? basename(value) : value;
}
