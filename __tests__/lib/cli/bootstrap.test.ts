import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { FakeTools } from "./doctor-fakes";

const PROJECT = resolve(__dirname, "../../..");
const TSX = require.resolve("tsx");

let tools: FakeTools;

beforeEach(() => {
  tools = new FakeTools();
});

afterEach(() => tools.remove());

/** A Terraform that finds no bucket, and comes to a good end whatever it hears. */
const TERRAFORM = `
echo "$*" >> "$HOME/called"
case "$*" in
  *-no-color) echo 'Error: S3 bucket "states" does not exist.' >&2; exit 1;;
  apply*) trap "" INT; echo applying; /bin/sleep 1;;
esac`;

test("SIGINT to the command alone while Terraform applies: it cleans up, and moves no state", async () => {
  tools.add("terraform", TERRAFORM);
  const backend = { s3: { bucket: "states", key: "bootstrap.tfstate", region: "eu-west-3" } };
  tools.write("cdktf.out/stacks/bootstrap/cdk.tf.json", JSON.stringify({ terraform: { backend } }));
  const command = ["--import", TSX, join(PROJECT, "lib/cli/eks-platform.ts"), "bootstrap", "--auto-approve"];
  const child = spawn(process.execPath, command, {
    cwd: tools.folder,
    env: { ...tools.env, TSX_TSCONFIG_PATH: join(PROJECT, "tsconfig.json") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  child.stdout.once("data", () => child.kill("SIGINT"));
  const code = await new Promise((done) => child.once("close", done));
  expect({ code, errors }).toEqual({
    code: 130,
    errors: "eks-platform: terraform apply was interrupted; run the same command again\n",
  });
  expect(readdirSync(join(tools.folder, "cdktf.out/stacks/bootstrap"))).toEqual(["cdk.tf.json"]);
  expect(tools.read("called").trim().split("\n").at(-1)).toBe("apply -auto-approve");
});
