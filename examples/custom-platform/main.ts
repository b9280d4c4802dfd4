import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import type { VpcAttributes } from "../../lib/vpc/imported-vpc";
import { ExistingNetwork } from "./existing-network";
import { ResearchPlatform } from "./research-platform";

const network = JSON.parse(readFileSync(join(__dirname, "network.json"), "utf8")) as VpcAttributes;

const app = new App();
// Only for trying: leave it out where there is a VPC.
new ExistingNetwork(app, "network");
new ResearchPlatform(app, "research", { network });
app.synth();
