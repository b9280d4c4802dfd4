import { podBlocks } from "../../../lib/vpc/pod-capacity";

test.each([
  ["10.0.1.0/24", 0, 14],
  ["10.0.1.0/24", 3, 13],
  ["10.0.1.0/24", 17, 12],
  ["10.0.0.0/19", 3, 509],
  ["10.0.0.0/28", 1, 0],
  ["10.0.0.0/27", 1, 0],
  ["not a range", 1, 0],
])("a subnet %s with %d nodes has whole blocks of sixteen addresses left: %d", (cidrBlock, nodes, blocks) => {
  expect(podBlocks(cidrBlock, nodes)).toBe(blocks);
});
