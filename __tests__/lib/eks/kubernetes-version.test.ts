import { Faults } from "../../../lib/core/faults";
import { checkKubernetesVersion, KUBERNETES_VERSIONS, type SupportType } from "../../../lib/eks/kubernetes-version";
import { messageOf } from "../../support/errors";

function check(version: string, support: SupportType): Faults {
  const faults = new Faults("test");
  checkKubernetesVersion(faults, "kubernetesVersion", version, support);
  return faults;
}

const versions = Object.entries(KUBERNETES_VERSIONS);

test("the table names each version's dates as AWS does, standard support first", () => {
  for (const [, { standardUntil, extendedUntil }] of versions) {
    expect(standardUntil).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(extendedUntil).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(standardUntil < extendedUntil).toBe(true);
  }
});

test("the table is in order and without a gap: newer versions are supported longer", () => {
  const minors = versions.map(([version]) => Number(version.split(".")[1]));
  expect(minors).toEqual(minors.map((_, index) => 31 + index));
  const ends = versions.map(([, { standardUntil }]) => standardUntil);
  expect(ends).toEqual([...ends].sort());
});

test("the version that the environments ship is in standard support until 2027-03-27", () => {
  expect(KUBERNETES_VERSIONS["1.35"]).toEqual({
    support: "standard",
    standardUntil: "2027-03-27",
    extendedUntil: "2028-03-27",
  });
});

test.each(versions)(
  "%s is accepted under extended support, and without it only in standard support",
  (version, known) => {
    expect(check(version, "extended").all).toEqual([]);
    expect(check(version, "standard").all).toHaveLength(known.support === "standard" ? 0 : 1);
  },
);

test("refuses a version behind standard support and says since when", () => {
  expect(messageOf(() => check("1.32", "standard").throwIfAny())).toBe(
    `'kubernetesVersion' must be in standard support, which ended on 2026-03-23, got "1.32" at test; upgrade, or set 'supportType' to "extended" (it costs more)`,
  );
});

test.each(["1.30", "1.99", "v1.35", "1.35.2", ""])("refuses %j, whatever support is paid for", (version) => {
  const message = `'kubernetesVersion' must be a Kubernetes version that EKS offers, got ${JSON.stringify(version)} at test; use one of 1.31, 1.32, 1.33, 1.34, 1.35, 1.36`;
  expect(messageOf(() => check(version, "extended").throwIfAny())).toBe(message);
  expect(messageOf(() => check(version, "standard").throwIfAny())).toBe(message);
});
