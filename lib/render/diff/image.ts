import type { ImagePart } from "./marks";

interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Takes `<registry>/<repository>:<tag>@<digest>` apart. */
export function imageReference(image: string): ImageReference {
  const [name = "", digest] = image.split("@", 2);
  // A colon before the last slash belongs to the registry's port.
  const colon = name.lastIndexOf(":");
  if (colon <= name.lastIndexOf("/")) return { repository: name, digest };
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1), digest };
}

/** The parts that differ. */
export function changedParts(from: string, to: string): ImagePart[] {
  const [before, after] = [imageReference(from), imageReference(to)];
  return (["repository", "tag", "digest"] as const).filter((part) => before[part] !== after[part]);
}

/** The new image without the repository, where that stays the same: `1.5.0`, `sha256:…`. */
export function newPart(from: string, to: string): string {
  const [before, after] = [imageReference(from), imageReference(to)];
  const isSame = before.repository === after.repository;
  const hasSameParts = !before.tag === !after.tag && !before.digest === !after.digest;
  return isSame && hasSameParts ? to.slice(after.repository.length + 1) : to;
}
