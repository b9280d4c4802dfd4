import { App } from "cdktf";
import { addEnvironments, copies } from "./records";

/** As many copies of `staging` as the argument says. */
const app = new App();
addEnvironments(app, copies(Number(process.argv[2])));
app.synth();
