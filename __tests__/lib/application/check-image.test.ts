import { digest, environment, repository, testRefusals } from "../../support/application";
import { aToken } from "../../support/tokens";

const image = (parts: object) => ({ image: { repository, ...parts } });
const prod = { environment: { ...environment, stage: "prod" } };
const dev = { environment: { ...environment, stage: "dev" } };
const REPOSITORY = "'image.repository' must be <registry>/<path> in lower case, without scheme, tag and digest";
const REPOSITORY_FIX = `for example "111122223333.dkr.ecr.eu-west-3.amazonaws.com/api"; of Docker Hub "docker.io/<owner>/<name>"`;
const LATEST_FIX = "name a version that never changes, or give the digest beside it";
const TAG = "'image.tag' must be 1 to 128 letters, digits, '_', '.' and '-', the first no '.' or '-'";
const NO_TAG = `'image.tag' must be given, or else the digest at test/Application; for example "1.4.0"`;
const TOKEN = "write the value itself instead of another resource's attribute";

testRefusals([
  ["neither tag nor digest", image({}), NO_TAG],
  ["an empty tag", image({ tag: "" }), NO_TAG],
  ["an empty tag in dev: there is nothing to run", { ...dev, ...image({ tag: "" }) }, NO_TAG],
  [
    "a tag that moves, in staging",
    image({ tag: "latest" }),
    `'image.tag' must not be latest in staging at test/Application; ${LATEST_FIX}`,
  ],
  [
    "a tag that moves, in prod",
    { ...prod, ...image({ tag: "latest" }) },
    `'image.tag' must not be latest in prod at test/Application; ${LATEST_FIX}`,
  ],
  ["a tag with a space", image({ tag: "1.4.0 " }), `${TAG}, got "1.4.0 " at test/Application`],
  ["a tag that begins with a dash", image({ tag: "-1" }), `${TAG}, got "-1" at test/Application`],
  ["a tag that is too long", image({ tag: "a".repeat(129) }), `${TAG}, got "${"a".repeat(129)}" at test/Application`],
  [
    "a tag that is known only at apply",
    image({ tag: aToken() }),
    `'image.tag' must be known at synth, got a token at test/Application; ${TOKEN}`,
  ],
  [
    "a digest without its algorithm",
    image({ digest: digest.slice(7) }),
    `'image.digest' must be sha256: and 64 digits 0-9, a-f, got "${digest.slice(7)}" at test/Application`,
  ],
  [
    "a digest in capitals",
    image({ tag: "1.4.0", digest: digest.toUpperCase() }),
    `'image.digest' must be sha256: and 64 digits 0-9, a-f, got "${digest.toUpperCase()}" at test/Application`,
  ],
  [
    "a scheme before the registry",
    image({ repository: `https://${repository}`, tag: "1" }),
    `${REPOSITORY}, got "https://${repository}" at test/Application; ${REPOSITORY_FIX}`,
  ],
  [
    "a tag within the repository",
    image({ repository: `${repository}:1.4.0`, tag: "1" }),
    `${REPOSITORY}, got "${repository}:1.4.0" at test/Application; ${REPOSITORY_FIX}`,
  ],
  [
    "a login within the repository, which is not repeated",
    image({ repository: `AWS:hunter2@${repository}`, tag: "1" }),
    `${REPOSITORY} at test/Application; ${REPOSITORY_FIX}`,
  ],
  [
    "a repository without its registry: Docker Hub would be asked",
    image({ repository: "syndromic-surveillance-api", tag: "1" }),
    `${REPOSITORY}, got "syndromic-surveillance-api" at test/Application; ${REPOSITORY_FIX}`,
  ],
  [
    "a repository in capitals",
    image({ repository: "registry.example.com/API", tag: "1" }),
    `${REPOSITORY}, got "registry.example.com/API" at test/Application; ${REPOSITORY_FIX}`,
  ],
]);
