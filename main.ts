import { App } from "cdktf";
import { copyProviderLocks } from "./lib/core/provider-locks";
import { platform } from "./stacks/environments";
import { addPlatform } from "./stacks/platform";

const app = new App();
addPlatform(app, platform);
app.synth();
copyProviderLocks(app);
