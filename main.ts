import { App } from "cdktf";
import { platform } from "./stacks/environments";
import { addPlatform } from "./stacks/platform";

const app = new App();
addPlatform(app, platform);
app.synth();
