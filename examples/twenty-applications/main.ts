import { App } from "cdktf";
import { applicationsStack } from "./stack";

const app = new App();
applicationsStack(app);
app.synth();
