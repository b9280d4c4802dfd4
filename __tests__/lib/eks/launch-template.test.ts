import { AMI_TYPES, type AmiType } from "../../../lib/eks/ami-type";
import { LaunchTemplate } from "../../../lib/eks/launch-template";
import { KEY_ARN, testCluster, testKey } from "../../support/cluster";
import { type Body, type Synthesized, synthesizeWith } from "../../support/synth";

function synthesized(amiType: AmiType = "AL2023_x86_64_STANDARD", nodeGroupName = "genomics"): Synthesized {
  return synthesizeWith((scope) => {
    new LaunchTemplate(scope, "LaunchTemplate", {
      cluster: testCluster(scope),
      nodeGroupName,
      amiType,
      volumeEncryptionKey: testKey(scope),
      volumeSizeGiB: 50,
    });
  });
}

test("minimal: metadata with a session token and one hop, an encrypted gp3 volume, tags on what is started", () => {
  const stack = synthesized();
  expect(stack.only("aws_launch_template")).toEqual({
    name: "test-genomics",
    description: "Nodes of test-genomics",
    update_default_version: true,
    metadata_options: {
      http_endpoint: "enabled",
      http_tokens: "required",
      http_put_response_hop_limit: 1,
      instance_metadata_tags: "disabled",
    },
    block_device_mappings: [
      {
        device_name: "/dev/xvda",
        ebs: {
          volume_type: "gp3",
          volume_size: 50,
          encrypted: "true",
          kms_key_id: KEY_ARN,
          delete_on_termination: "true",
        },
      },
    ],
    tag_specifications: ["instance", "volume", "network-interface"].map((resource_type) => ({
      resource_type,
      tags: { Name: "test-genomics" },
    })),
  });
  expect(stack.census).toEqual({
    aws_launch_template: 1, // nothing else: EKS starts the instances
  });
});

test("it leaves image, instance type, role and key pair to EKS, which refuses them in a template", () => {
  const template = synthesized().only("aws_launch_template");
  expect(template).toHaveProperty("metadata_options");
  for (const argument of ["image_id", "instance_type", "iam_instance_profile", "key_name", "user_data"]) {
    expect(template).not.toHaveProperty(argument);
  }
});

test.each(AMI_TYPES)(
  "every volume of %s is encrypted with the key, and the one that holds images has the size",
  (amiType) => {
    const mappings = synthesized(amiType, "genomics").only("aws_launch_template").block_device_mappings as Body[];
    const bottlerocket = amiType.startsWith("BOTTLEROCKET");
    expect(mappings.map(({ device_name }) => device_name)).toEqual(
      bottlerocket ? ["/dev/xvda", "/dev/xvdb"] : ["/dev/xvda"],
    );
    const volumes = mappings.map(({ ebs }) => ebs as Body);
    for (const ebs of volumes)
      expect(ebs).toMatchObject({ encrypted: "true", kms_key_id: expect.stringContaining(":key/") });
    expect(volumes.map(({ volume_size }) => volume_size !== undefined)).toEqual(bottlerocket ? [false, true] : [true]);
  },
);

test("a name beyond 128 characters is cut and stays unlike another long name", () => {
  const nameOf = (end: string) =>
    String(synthesized("AL2023_x86_64_STANDARD", `${"a".repeat(140)}${end}`).only("aws_launch_template").name);
  expect(nameOf("1")).toHaveLength(128);
  expect(nameOf("1")).not.toBe(nameOf("2"));
});
