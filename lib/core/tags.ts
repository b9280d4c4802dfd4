import { Aspects, Fn, type IAspect, TerraformResource, Token } from "cdktf";
import type { IConstruct } from "constructs";

/** Tags by name. At most 50 on one resource: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export type TagMap = Readonly<Record<string, string>>;

interface Taggable {
  tags: Record<string, string>;
  readonly tagsInput?: Record<string, string>;
}

interface LaunchTemplateLike {
  readonly tagSpecificationsInput?: readonly {
    readonly resourceType?: string;
    readonly tags?: Record<string, string>;
  }[];
  putTagSpecifications(value: object[]): void;
}

/**
 * Puts tags on every AWS resource below a scope that takes tags, and on what launch templates start.
 *
 * A tag that a resource sets itself wins; then the one of the nearest scope. Provider `default_tags` are not used: with them Terraform can
 * end in "inconsistent final plan" (hashicorp/terraform-provider-aws#19583).
 */
export function applyTags(scope: IConstruct, tags: TagMap): void {
  Aspects.of(scope).add(new TagAspect({ ...tags }));
}

class TagAspect implements IAspect {
  constructor(private readonly tags: Record<string, string>) {}

  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node) || !node.terraformResourceType.startsWith("aws_")) return;
    const all = node.node.scopes
      .flatMap((scope) => Aspects.of(scope).all)
      .filter((aspect) => aspect instanceof TagAspect);
    // Outer ones come first, and what they wrote would count as the resource's own: the nearest writes for all.
    if (all.at(-1) !== this) return;
    const tags: Record<string, string> = Object.assign({}, ...all.map((aspect) => aspect.tags));
    if (isTaggable(node)) node.tags = merge(tags, node.tagsInput);
    if (isLaunchTemplate(node)) {
      node.putTagSpecifications(
        (node.tagSpecificationsInput ?? []).map((each) => ({ ...each, tags: merge(tags, each.tags) })),
      );
    }
  }
}

function merge(tags: Record<string, string>, own: Record<string, string> | undefined): Record<string, string> {
  if (own !== undefined && Token.isUnresolved(own)) return Token.asStringMap(Fn.merge([tags, own]));
  return { ...tags, ...own };
}

function isTaggable(node: object): node is Taggable {
  return "tagsInput" in node;
}

function isLaunchTemplate(node: object): node is LaunchTemplateLike {
  return "putTagSpecifications" in node;
}
