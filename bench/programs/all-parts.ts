import { App, TerraformStack } from "cdktf";
import { addPart, parts } from "./parts";

/** A stack for each part. */
const app = new App();
for (const part of parts) addPart(new TerraformStack(app, part.name), part);
app.synth();
