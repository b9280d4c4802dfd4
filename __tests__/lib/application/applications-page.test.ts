import { readFileSync } from "node:fs";
import { checkApplication } from "../../../lib/application/check-application";
import { Faults } from "../../../lib/core/faults";
import { ValidationError } from "../../../lib/core/validation-error";
import { database, minimal, repository } from "../../support/application";

test("the page shows what is said of bad input", () => {
  const faults = new Faults("stacks/environments.ts");
  const record = {
    ...minimal,
    image: { repository, tag: "latest" },
    host: "surveillance.prod.example.com",
    database: { ...database, password: "hunter2" as never },
    replicas: { min: 3, max: 2 },
    values: { networkPolicy: { enabled: true } },
  };
  const facts = { stage: "staging", domain: "staging.example.com", onEks: true } as const;
  checkApplication(faults, record, facts, (name) => `staging.inCluster.applications.surveillance.${name}`);
  const { message } = new ValidationError("stacks/environments.ts", faults.all);
  expect(readFileSync("docs/applications.md", "utf8")).toContain(`\n${message}\n`);
});
