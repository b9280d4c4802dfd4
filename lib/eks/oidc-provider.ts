import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { ICluster } from "./cluster-interface";

/**
 * Lets IAM trust the service account tokens of a cluster: what IRSA needs, once for each cluster. New code uses `PodIdentity`, which
 * needs none; this is for charts that only know IRSA, and for pods that assume a role of another account by themselves.
 *
 * Creates `aws_iam_openid_connect_provider`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
 */
export class OidcProvider extends Construct {
  readonly providerArn: string;
  /** The issuer without `https://`, as trust policies name it. */
  readonly issuer: string;
  readonly resource: IamOpenidConnectProvider;

  constructor(scope: Construct, id: string, { cluster }: { readonly cluster: ICluster }) {
    super(scope, id);
    this.resource = new IamOpenidConnectProvider(this, "Resource", {
      url: cluster.oidcIssuer,
      clientIdList: ["sts.amazonaws.com"],
    });
    this.providerArn = this.resource.arn;
    this.issuer = Fn.replace(cluster.oidcIssuer, "https://", "");
  }
}
