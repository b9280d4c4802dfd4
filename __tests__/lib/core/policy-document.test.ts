import { policyJson, type Statement } from "../../../lib/core/policy-document";

const statements: readonly Statement[] = [
  {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: ["arn:aws:s3:::a", "arn:aws:s3:::a/*"],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  },
  { Effect: "Allow", Action: ["kms:Decrypt", "kms:DescribeKey"], Resource: "*" },
];

test("a policy is these bytes, whatever happens: a plan shows no change where there is none", () => {
  expect(policyJson(statements)).toBe(
    '{"Version":"2012-10-17","Statement":[' +
      '{"Sid":"TlsOnly","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::a","arn:aws:s3:::a/*"],' +
      '"Condition":{"Bool":{"aws:SecureTransport":"false"}}},' +
      '{"Effect":"Allow","Action":["kms:Decrypt","kms:DescribeKey"],"Resource":"*"}]}',
  );
});

test("statements keep their order, and a part that is left out leaves no trace", () => {
  const [deny, allow] = statements;
  const swapped = JSON.parse(policyJson([allow, deny].filter((each) => each !== undefined)));
  expect(swapped.Statement.map((each: Statement) => each.Effect)).toEqual(["Allow", "Deny"]);
  expect(Object.keys(swapped.Statement[0])).toEqual(["Effect", "Action", "Resource"]);
});
