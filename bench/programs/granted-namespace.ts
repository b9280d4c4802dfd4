import { App, TerraformStack } from "cdktf";
import type * as Library from "../../lib";

/** The program of another team, beside the packed library: a release in a granted namespace. With `--all-names` it loads the whole library. */
const library = require("cdktf-eks-platform") as typeof Library;
if (process.argv.includes("--all-names")) Object.values(library);

const { HelmRelease, Platform } = library;
const app = new App();
const stack = new TerraformStack(app, "consumer");
const platform = Platform.fromLookup(stack, "platform", {
  environment: "staging",
  file: "contracts/genomics/staging.json",
});
platform.useState();
new HelmRelease(stack, "PlatformInfo", {
  releaseName: "platform-info",
  namespace: platform.namespace("genomics"),
  chart: { path: "charts/platform-info" },
  values: { info: { environment: "staging" } },
});
app.synth();
