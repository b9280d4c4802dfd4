import { SERVICE_LINKED_ROLE_SERVICES, ServiceLinkedRoles } from "../../../lib/iam/service-linked-roles";
import { synthesizeWith } from "../../support/synth";

test("minimal: the account gets the role of every service that a cluster meets", () => {
  const stack = synthesizeWith((scope) => {
    new ServiceLinkedRoles(scope, "Roles");
  });
  const roles = Object.values(stack.resources("aws_iam_service_linked_role"));
  expect(roles.map((body) => body.aws_service_name).sort()).toEqual([
    "autoscaling.amazonaws.com",
    "eks-nodegroup.amazonaws.com",
    "eks.amazonaws.com",
    "elasticloadbalancing.amazonaws.com",
    "spot.amazonaws.com",
  ]);
  expect(stack.census).toEqual({
    aws_iam_service_linked_role: SERVICE_LINKED_ROLE_SERVICES.length, // one for each service
  });
});

test("maximal: only the services that are named", () => {
  const stack = synthesizeWith((scope) => {
    new ServiceLinkedRoles(scope, "Roles", { services: ["spot.amazonaws.com"] });
  });
  expect(stack.only("aws_iam_service_linked_role")).toEqual({ aws_service_name: "spot.amazonaws.com" });
});

test("a role's address names its service: bootstrap imports by it", () => {
  const stack = synthesizeWith((scope) => {
    new ServiceLinkedRoles(scope, "Roles", { services: ["autoscaling.amazonaws.com", "eks-nodegroup.amazonaws.com"] });
  });
  expect(stack.addresses).toEqual([
    expect.stringMatching(/^aws_iam_service_linked_role\.Roles_autoscaling_[0-9A-F]{8}$/),
    expect.stringMatching(/^aws_iam_service_linked_role\.Roles_eks-nodegroup_[0-9A-F]{8}$/),
  ]);
});
