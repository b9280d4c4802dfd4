import { App } from "cdktf";
import { APPLICATIONS, TEAMS } from "../../examples/twenty-applications/applications";
import { applicationsStack } from "../../examples/twenty-applications/stack";

/** The twenty applications as they are, or with `new-images`: those of one team with other images. */
const changed = process.argv[2] === "new-images" ? TEAMS[0] : undefined;
const app = new App();
applicationsStack(
  app,
  APPLICATIONS.map((each) => (each.team === changed ? { ...each, values: { ...each.values, tag: "9.9.9" } } : each)),
);
app.synth();
