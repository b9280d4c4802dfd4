import type { Resources } from "../../../../lib/render/stack/stack-file";
import { terraformText } from "../../../../lib/render/stack/terraform-text";

const open = "$" + "{";

const resources: Resources = {
  kubernetes_namespace_v1: {
    "Namespace-genomics_1A2B": { metadata: { name: "genomics" } },
    List: { metadata: [{ name: "surveillance", labels: { team: `${open}kubernetes_namespace_v1.Loop.id}` } }] },
    Loop: { id: `${open}kubernetes_namespace_v1.List.metadata[0].name}-id` },
  },
  kubernetes_priority_class_v1: { High: { value: 1000 } },
};

test.each([
  ["plain text", "a b", "a b"],
  ["an escaped reference", `$${open}x}`, `${open}x}`],
  ["an escaped directive", "%%{ if x }", "%{ if x }"],
  ["a dollar before an escaped reference", `$$${open}x}`, `$${open}x}`],
  ["marks that open nothing", "$5 100% {x} $x %d $$ %%", "$5 100% {x} $x %d $$ %%"],
  [
    "a reference into an object",
    `${open}kubernetes_namespace_v1.Namespace-genomics_1A2B.metadata[0].name}`,
    "genomics",
  ],
  ["a reference into a list", `${open}kubernetes_namespace_v1.List.metadata[0].name}`, "surveillance"],
  ["a reference to a reference", `a-${open}kubernetes_namespace_v1.Loop.id}-b`, "a-surveillance-id-b"],
  ["a reference to a number", `${open} kubernetes_priority_class_v1.High.value }`, "1000"],
  ["the stack's own folder", `${open}path.module}/charts`, "./charts"],
])("reads %s", (_, source, text) => {
  expect(terraformText(source, resources)).toEqual({ text, unknown: [] });
});

test.each([
  ["an attribute that only the provider knows", `${open}aws_eks_cluster.Cluster.endpoint}`],
  ["a resource that is not there", `${open}kubernetes_namespace_v1.Gone.metadata[0].name}`],
  ["another item than the only one", `${open}kubernetes_namespace_v1.Namespace-genomics_1A2B.metadata[1].name}`],
  ["a block", `${open}kubernetes_namespace_v1.List.metadata[0].labels}`],
  ["a function, with braces in its texts", `${open}jsonencode({ a = "}" , b = "\\"}" })}`],
  ["a directive", "%{ if true }"],
])("leaves as it is what it does not know: %s", (_, template) => {
  expect(terraformText(`before ${template} after`, resources)).toEqual({
    text: `before ${template} after`,
    unknown: [template],
  });
});

test("a template that never ends is unknown as a whole", () => {
  expect(terraformText(`${open}a.b`, resources)).toEqual({ text: `${open}a.b`, unknown: [`${open}a.b`] });
});
