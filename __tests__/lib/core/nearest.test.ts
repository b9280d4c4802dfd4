import { nearest } from "../../../lib/core/nearest";

const known = ["replicas", "image", "podLabels", "port", "tls", "a"];

test.each<[string, string | undefined]>([
  ["replicas", "replicas"],
  ["Replicas", "replicas"],
  ["replica", "replicas"],
  ["relpicas", "replicas"],
  ["podlabel", "podLabels"],
  ["tsl", undefined],
  ["imgae", "image"],
  ["Imgae", "image"],
  ["egami", undefined],
  ["imXXe", undefined],
  ["prot", undefined],
  ["tl", "tls"],
  ["b", "a"],
  ["replicaCount", undefined],
  ["ingress", undefined],
  ["", "a"],
])("%s is near to %s", (word, expected) => {
  expect(nearest(word, known)).toBe(expected);
});

test("of words that are as near the first is taken, and of none none", () => {
  expect(nearest("maps", ["map", "mapss"])).toBe("map");
  expect(nearest("maps", [])).toBeUndefined();
});
