import { TerraformResource, type TerraformResourceConfig } from "cdktf";
import type { Construct } from "constructs";

export interface TerraformDataProps extends Pick<TerraformResourceConfig, "provisioners" | "dependsOn"> {
  /** Values whose change replaces the resource, and so runs its provisioners again. */
  readonly triggersReplace: Readonly<Record<string, string>>;
}

/**
 * Terraform's own `terraform_data`. The class that cdktf has for it runs `terraform version` at every synth, and fails where
 * Terraform is not installed; which Terraform may run a stack is said by its `required_version`.
 */
export class TerraformData extends TerraformResource {
  private readonly triggersReplace: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { triggersReplace, ...config }: TerraformDataProps) {
    super(scope, id, { terraformResourceType: "terraform_data", ...config });
    this.triggersReplace = { ...triggersReplace };
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { triggers_replace: this.triggersReplace };
  }
}
