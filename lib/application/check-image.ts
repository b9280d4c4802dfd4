import type { Faults } from "../core/faults";
import type { Stage } from "../core/stage";
import { isKnown } from "../kubernetes/known";
import type { ApplicationImage } from "./application-props";

type Property = (name: string) => string;

/**
 * With the registry's name: without one an image comes from Docker Hub, whoever has the name there.
 *
 * @see https://github.com/distribution/reference/blob/main/reference.go
 */
const REPOSITORY =
  /^(localhost|[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9-]+(?=:))(:\d{1,5})?(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)+$/;
const REPOSITORY_MAX_LENGTH = 255;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Adds what is wrong with the image of an application. What moves is refused where others rely on it. */
export function checkImage(
  faults: Faults,
  { repository, tag = "", digest = "" }: ApplicationImage,
  stage: Stage,
  property: Property,
): void {
  if (isKnown(faults, property("repository"), repository)) checkRepository(faults, repository, property("repository"));
  const known = isKnown(faults, property("tag"), tag);
  if (isKnown(faults, property("digest"), digest) && digest !== "") {
    faults.matches(property("digest"), digest, DIGEST, "must be sha256: and 64 digits 0-9, a-f");
  }
  if (tag === "" && digest === "") {
    faults.add(property("tag"), "must be given, or else the digest", undefined, 'for example "1.4.0"');
  } else if (known && tag !== "") {
    faults.matches(
      property("tag"),
      tag,
      TAG,
      "must be 1 to 128 letters, digits, '_', '.' and '-', the first no '.' or '-'",
    );
    const moves = tag === "latest" && digest === "" && stage !== "dev";
    const fix = "name a version that never changes, or give the digest beside it";
    faults.check(!moves, property("tag"), `must not be latest in ${stage}`, undefined, fix);
  }
}

/** An address may hold a login before `@`: no message repeats it. */
function checkRepository(faults: Faults, repository: string, property: string): void {
  const shown = repository.includes("@") ? undefined : repository;
  const rule = "must be <registry>/<path> in lower case, without scheme, tag and digest";
  const fix =
    'for example "111122223333.dkr.ecr.eu-west-3.amazonaws.com/api"; of Docker Hub "docker.io/<owner>/<name>"';
  const holds = repository.length <= REPOSITORY_MAX_LENGTH && REPOSITORY.test(repository);
  faults.check(holds, property, rule, shown, fix);
}
