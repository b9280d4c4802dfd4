import { fixFor } from "../../../../lib/render/helm/render-release";
import type { StackRelease } from "../../../../lib/render/stack/stack-releases";

function from(repository: string): StackRelease {
  return { chart: { repository, name: "api", version: "0.1.0" } } as unknown as StackRelease;
}

const ECR = "111122223333.dkr.ecr.eu-west-3.amazonaws.com";

test.each([
  [
    "ECR wants a login with a token",
    `Error: GET "https://${ECR}/v2/charts/api/manifests/0.1.0": basic credential not found`,
    `oci://${ECR}/charts`,
    `log in first: aws ecr get-login-password --region eu-west-3 | helm registry login ${ECR} --username AWS --password-stdin`,
  ],
  [
    "another registry wants one of its own",
    "Error: response status code 401: Unauthorized",
    "oci://registry.example.com/charts",
    "log in first: helm registry login registry.example.com",
  ],
  ["a chart repository knows no such login", "Error: 401 Unauthorized", "https://charts.example.com", undefined],
  ["a version that is not there needs none", "Error: api:0.1.0: not found", `oci://${ECR}/charts`, undefined],
])("%s", (_what, message, repository, fix) => {
  expect(fixFor(message, from(repository))).toBe(fix);
});
