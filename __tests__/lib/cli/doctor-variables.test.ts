import { variableChecks } from "../../../lib/cli/doctor/variable-checks";
import { blankStack, found } from "./doctor-fakes";

const stack = {
  ...blankStack,
  variables: [
    { name: "jwt_secret", neededBy: ["kubernetes_secret_v1.Credentials", "kubernetes_secret_v1.Copy"] },
    { name: "creds_key", neededBy: ["kubernetes_secret_v1.Credentials"] },
    { name: "creds_iv", neededBy: [] },
  ],
};

test("variables that are given: nothing of a value is shown", async () => {
  const env = { TF_VAR_jwt_secret: "hush-1", TF_VAR_creds_key: "hush-22", TF_VAR_creds_iv: "hush-333" };
  expect(await found(variableChecks(stack, env))).toEqual({
    TF_VAR_jwt_secret: { status: "ok", detail: "is set" },
    TF_VAR_creds_key: { status: "ok", detail: "is set" },
    TF_VAR_creds_iv: { status: "ok", detail: "is set" },
  });
});

test("each one that is missing or empty is a line, with what needs it", async () => {
  expect(await found(variableChecks(stack, { TF_VAR_creds_key: "", TF_VAR_creds_iv: " \n", jwt_secret: "x" }))).toEqual(
    {
      TF_VAR_jwt_secret: {
        status: "fail",
        detail: "is not set: kubernetes_secret_v1.Credentials, kubernetes_secret_v1.Copy need it",
        fix: "export TF_VAR_jwt_secret=...",
      },
      TF_VAR_creds_key: {
        status: "fail",
        detail: "is empty: kubernetes_secret_v1.Credentials needs it",
        fix: "export TF_VAR_creds_key=...",
      },
      TF_VAR_creds_iv: { status: "fail", detail: "is empty", fix: "export TF_VAR_creds_iv=..." },
    },
  );
});

test("a stack without variables has no line", () => {
  expect(variableChecks(blankStack, {})).toEqual([]);
});

const LOUD = ["TRACE", "DEBUG", "JSON", "trace", "1", "true", "WARN ", "info", "NONE"];

test.each(LOUD)("a log at %j would hold the values: no deploy with it", async (level) => {
  for (const name of ["TF_LOG", "TF_LOG_PROVIDER"]) {
    const results = await found(variableChecks(stack, { [name]: level }));
    expect(results[name]).toEqual({
      status: "fail",
      detail: `is ${JSON.stringify(level)}: the provider would log the values of Secrets`,
      fix: `unset ${name}, or set it to INFO`,
    });
    expect(variableChecks(blankStack, { [name]: level })).toEqual([]);
  }
});

test.each(["INFO", "WARN", "ERROR", "OFF"])("a log at %s holds no value", async (level) => {
  const { TF_LOG, TF_LOG_PROVIDER } = await found(variableChecks(stack, { TF_LOG: level, TF_LOG_PROVIDER: level }));
  expect(TF_LOG).toEqual({ status: "ok", detail: `is ${level}` });
  expect(TF_LOG_PROVIDER).toEqual({ status: "ok", detail: `is ${level}` });
});

test("a log that is empty is none", () => {
  expect(variableChecks({ ...stack, variables: [] }, { TF_LOG: "" })).toEqual([]);
});
