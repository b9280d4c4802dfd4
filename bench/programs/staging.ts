import { App } from "cdktf";
import { addEnvironments, staging } from "./records";

/** The environment `staging` alone. */
const app = new App();
addEnvironments(app, [staging()]);
app.synth();
