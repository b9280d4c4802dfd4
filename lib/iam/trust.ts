import type { Statement } from "../core/policy-document";

/** Lets an AWS service assume the role, for example `ec2.amazonaws.com`. */
export function serviceTrust(service: string, condition?: Statement["Condition"], tagSession = false): Statement {
  return {
    Effect: "Allow",
    Principal: { Service: service },
    Action: tagSession ? ["sts:AssumeRole", "sts:TagSession"] : "sts:AssumeRole",
    ...(condition && { Condition: condition }),
  };
}

/** Lets IAM roles and users assume the role, by their ARNs. They must exist: IAM refuses a principal that is not there. */
export function principalTrust(principalArns: readonly string[]): Statement {
  return { Effect: "Allow", Principal: { AWS: [...principalArns] }, Action: "sts:AssumeRole" };
}

/**
 * Lets pods assume the role through EKS Pod Identity; which service account gets it is said by the association.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export function podIdentityTrust(): Statement {
  return serviceTrust("pods.eks.amazonaws.com", undefined, true);
}

/**
 * Lets exactly one Kubernetes service account assume the role through the cluster's OIDC provider (IRSA).
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export function serviceAccountTrust(
  providerArn: string,
  issuer: string,
  namespace: string,
  serviceAccount: string,
): Statement {
  return {
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: "sts.amazonaws.com",
        [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
      },
    },
  };
}
