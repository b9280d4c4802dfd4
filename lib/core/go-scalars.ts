import type { ScalarTag } from "yaml";

/**
 * Plain scalars as Helm and Kubernetes read them, for a parser that knows no others. Theirs is one of YAML 1.1 with numbers of Go, so that
 * `yes` means true and a file mode `0644` is octal; by YAML 1.2 both would be something else. Times are text, and a number that JSON does
 * not have is NaN.
 *
 * @see https://pkg.go.dev/sigs.k8s.io/yaml
 */
export const GO_SCALARS: ScalarTag[] = [
  scalar("null", /^(~|null|Null|NULL)?$/, () => null),
  scalar("bool", /^([yY]|yes|Yes|YES|true|True|TRUE|on|On|ON)$/, () => true),
  scalar("bool", /^([nN]|no|No|NO|false|False|FALSE|off|Off|OFF)$/, () => false),
  scalar("int", /^[-+]?0_*(o_*)?[0-7][0-7_]*$/i, (text) => inBase(8, text.replace(/0_*o?/i, ""))),
  scalar("int", /^[-+]?0x[0-9a-f_]*[0-9a-f]_*$/i, (text) => inBase(16, text.replace(/0x/i, ""))),
  scalar("int", /^[-+]?0b[01_]*[01]_*$/i, (text) => inBase(2, text.replace(/0b/i, ""))),
  scalar("float", /^[-+]?(\.[0-9][0-9_]*|[0-9][0-9_]*(\.[0-9_]*)?)(e[-+]?[0-9][0-9_]*)?$/i, decimal),
  scalar("float", /^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/, () => Number.NaN),
];

function scalar(type: string, test: RegExp, resolve: (text: string) => unknown): ScalarTag {
  return { tag: `tag:yaml.org,2002:${type}`, default: true, test, resolve };
}

function inBase(base: number, text: string): number {
  return Number.parseInt(text.replaceAll("_", ""), base);
}

/** What is too large for a number stays text. */
function decimal(text: string): number | string {
  const value = Number(text.replaceAll("_", ""));
  return Number.isFinite(value) ? value : text;
}
