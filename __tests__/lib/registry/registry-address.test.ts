import {
  chartsAddress,
  ociHost,
  parseRegistryHost,
  registryHost,
  repositoryAddress,
} from "../../../lib/registry/registry-address";

const accountId = "111122223333";

test.each([
  ["eu-west-3", "111122223333.dkr.ecr.eu-west-3.amazonaws.com"],
  ["cn-north-1", "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn"],
  ["us-gov-west-1", "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com"],
  ["us-iso-east-1", "111122223333.dkr.ecr.us-iso-east-1.c2s.ic.gov"],
  ["us-isob-east-1", "111122223333.dkr.ecr.us-isob-east-1.sc2s.sgov.gov"],
  ["eusc-de-east-1", "111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu"],
])("the registry of an account in %s is %s, and is read back", (region, host) => {
  expect(registryHost({ accountId, region })).toBe(host);
  expect(parseRegistryHost(host)).toEqual({ accountId, region });
});

test("a host for FIPS is one of ECR", () => {
  expect(parseRegistryHost("111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com")).toEqual({
    accountId,
    region: "us-gov-west-1",
  });
});

test.each([
  "ghcr.io",
  "127.0.0.1:5000",
  "public.ecr.aws",
  "1111.dkr.ecr.eu-west-3.amazonaws.com",
  "111122223333.dkr.ecr.eu-west-3.example.com",
  "111122223333.dkr.ecr.eu-west-3.amazonaws.com.example.com",
  "111122223333.dkr.ecr.eu-west-3.amazonaws.com.cn",
  "111122223333.dkr.ecr.cn-north-1.amazonaws.com",
  "111122223333.dkr.ecr.nowhere.amazonaws.com",
  "111122223333.dkr.ecr.eu-west-3.amazonaws.com:8443",
  "x111122223333.dkr.ecr.eu-west-3.amazonaws.com",
])("%s is no registry of an account: it gets no token", (host) => {
  expect(parseRegistryHost(host)).toBeUndefined();
});

test("images and charts have addresses in the registry", () => {
  const owner = { accountId, region: "eu-west-3" };
  expect(repositoryAddress(owner, "surveillance/api")).toBe(
    "111122223333.dkr.ecr.eu-west-3.amazonaws.com/surveillance/api",
  );
  expect(chartsAddress(owner)).toBe("oci://111122223333.dkr.ecr.eu-west-3.amazonaws.com/charts");
});

test.each([
  ["oci://ghcr.io/charts", "ghcr.io"],
  ["oci://127.0.0.1:5000/charts/deep", "127.0.0.1:5000"],
  ["oci://ghcr.io", "ghcr.io"],
  ["https://ghcr.io/charts", undefined],
  ["oci://user:word@ghcr.io/charts", undefined],
  ["oci://", undefined],
  ["ghcr.io/charts", undefined],
])("the host of %s is %s", (address, host) => {
  expect(ociHost(address)).toBe(host);
});
