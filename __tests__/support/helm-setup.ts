import { helmBinary } from "../../e2e/engines/helm-binary";
import { HELM_VARIABLE } from "../../lib/render/helm/helm";

/** Before all tests: they render with a real Helm. */
module.exports = async (): Promise<void> => {
  process.env[HELM_VARIABLE] = await helmBinary();
};
