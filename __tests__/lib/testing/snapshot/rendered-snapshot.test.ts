import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import "../../../../lib/testing/jest";
import { stackSerializer } from "../../../../lib/testing/jest/serializer";
import { RenderedStack, render } from "../../../../lib/testing/rendering/render";
import { hasNoResource } from "../../../../lib/testing/resources/has-resource";
import { snapshotOf, snapshotText } from "../../../../lib/testing/snapshot/snapshot";
import { synthesizedOutput, useOwnCache } from "../../../support/render";

useOwnCache();

const secret = "Hunter2Hunter2";
const echo = {
  name: "echo",
  chart: "echo",
  values: {
    texts: { image: "111122223333.dkr.ecr.eu-west-3.amazonaws.com/api" },
  },
};
const secretive = { name: "login", chart: "secretive" };
const resources = {
  kubernetes_secret_v1: {
    Login: {
      metadata: { name: "login-of-platform" },
      data: { password: secret },
    },
  },
  kubernetes_config_map_v1: {
    Settings: {
      metadata: { name: "settings", annotations: { owner: "444455556666" } },
      data: {
        folder: join(process.cwd(), "data"),
        json: '{"b":1,"a":2}',
        db_password: secret,
      },
    },
  },
};

test("of a rendered stack the objects are shown, without secrets, accounts and paths of this machine", async () => {
  const text = snapshotText(await render(synthesizedOutput([echo, secretive], resources)));
  for (const hidden of [secret, /(?<!\d)\d{12}(?!\d)/, tmpdir(), homedir(), process.cwd()])
    expect(text).not.toMatch(hidden);
  const { objects, ...rest } = JSON.parse(text);
  expect(rest).toEqual({ "//": { snapshot: { form: 1, rendered: "test" } } });
  expect(Object.keys(objects)).toEqual(["genomics/echo", "genomics/login", "platform"]);
  expect(objects["genomics/echo"]["ConfigMap genomics/echo"].data.image).toBe(
    "<account-1>.dkr.ecr.eu-west-3.amazonaws.com/api",
  );
  expect(objects.platform).toMatchObject({
    "ConfigMap default/settings": {
      metadata: { annotations: { owner: "<account-2>" } },
      data: {
        db_password: "<secret>",
        folder: "<project>/data",
        json: { "<json>": { a: 2, b: 1 } },
      },
    },
    "Secret default/login-of-platform": { metadata: { name: "login-of-platform" } },
  });
  expect(objects["genomics/login"]["Secret genomics/login"].data).toEqual({ password: "<secret>", user: "<secret>" });
});

test("a second rendering of the same stack, in another folder, has the same snapshot", async () => {
  const [once, again] = await Promise.all([0, 1].map(() => render(synthesizedOutput([echo, secretive], resources))));
  expect(snapshotText(once as RenderedStack)).toBe(snapshotText(again as RenderedStack));
});

test("Jest writes a rendered stack as snapshotOf shows it", async () => {
  const rendered = await render(
    synthesizedOutput([], {
      kubernetes_secret_v1: resources.kubernetes_secret_v1,
    }),
  );
  expect(stackSerializer.test(rendered)).toBe(true);
  expect(stackSerializer.serialize(rendered)).toBe(snapshotText(rendered));
  expect(rendered).toMatchInlineSnapshot(`
    {
      "//": {
        "snapshot": {
          "form": 1,
          "rendered": "test"
        }
      },
      "objects": {
        "platform": {
          "Secret default/login-of-platform": {
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {
              "name": "login-of-platform",
              "namespace": "default"
            },
            "type": "Opaque"
          }
        }
      }
    }
  `);
});

test("objects that get their names later are all shown", async () => {
  const { stack, environment } = await render(synthesizedOutput([]));
  const job = (image: string) => ({
    source: "genomics/api",
    namespace: "genomics",
    object: {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { generateName: "import-" },
      spec: { image },
    },
  });
  const rendered = new RenderedStack(stack, {
    ...environment,
    objects: [job("a"), job("b")],
  });
  expect(snapshotOf(rendered).objects).toEqual({
    "genomics/api": {
      "batch/Job genomics/import-*": [job("a").object, job("b").object],
    },
  });
});

test("what is not rendered as a whole has no snapshot", async () => {
  const rendered = await render(synthesizedOutput([echo, { name: "missing", chart: "no/such/chart" }]));
  expect(() => snapshotOf(rendered)).toThrow(
    /^test cannot be rendered: genomics\/missing .*; a snapshot must have all objects$/,
  );
});

test("the snapshot of a rendered stack is no stack, in which no resource would be", async () => {
  const snapshot = snapshotOf(await render(synthesizedOutput([])));
  expect(() => hasNoResource(snapshot, "aws_vpc")).toThrow(
    new Error("this is the snapshot of a rendered stack, which has no resources: give the stack itself"),
  );
});
