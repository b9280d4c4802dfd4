import { podIdentityTrust, principalTrust, serviceAccountTrust, serviceTrust } from "../../../lib/iam/trust";

test("a service may assume a role, and nothing is said about conditions or tags unless asked", () => {
  expect(serviceTrust("ec2.amazonaws.com")).toEqual({
    Effect: "Allow",
    Principal: { Service: "ec2.amazonaws.com" },
    Action: "sts:AssumeRole",
  });
});

test("a service may be held to a condition and may tag its session", () => {
  const condition = { StringEquals: { "aws:SourceAccount": "111122223333" } };
  expect(serviceTrust("eks.amazonaws.com", condition, true)).toEqual({
    Effect: "Allow",
    Principal: { Service: "eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: condition,
  });
});

test("pods assume a role through Pod Identity, which tags its sessions", () => {
  expect(podIdentityTrust()).toEqual({
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
  });
});

test("roles and users assume a role by their ARNs, and tag no sessions", () => {
  const principals = ["arn:aws:iam::111122223333:role/ci/Pipeline", "arn:aws:iam::444455556666:user/ana"];
  expect(principalTrust(principals)).toEqual({
    Effect: "Allow",
    Principal: { AWS: principals },
    Action: "sts:AssumeRole",
  });
});

test("through the OIDC provider exactly one service account gets in: no wildcard, no second audience", () => {
  const issuer = "oidc.eks.eu-west-3.amazonaws.com/id/ABC";
  const provider = `arn:aws:iam::111122223333:oidc-provider/${issuer}`;
  expect(serviceAccountTrust(provider, issuer, "kube-system", "reader")).toEqual({
    Effect: "Allow",
    Principal: { Federated: provider },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: "sts.amazonaws.com",
        [`${issuer}:sub`]: "system:serviceaccount:kube-system:reader",
      },
    },
  });
});
