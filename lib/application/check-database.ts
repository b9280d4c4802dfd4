import { isIPv4 } from "node:net";
import type { Faults } from "../core/faults";
import { isKnownAtApply } from "../helm/known-at-apply";
import { checkPlainData } from "../helm/plain-data";
import { isPlainObject } from "../helm/values";
import { checkTraffic } from "../kubernetes/traffic-checks";
import type { ApplicationDatabase } from "./application-props";
import { databasePeer } from "./application-traffic";
import { checkAs } from "./check-as";
import { checkPassword } from "./check-password";
import { isDnsName } from "./dns-name";

/** @see https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS */
const IDENTIFIER_MAX_LENGTH = 63;

/** Adds what is wrong with the database of an application. */
export function checkDatabase(faults: Faults, database: ApplicationDatabase, property: string): void {
  // An address of a database often holds its password: it is not repeated.
  if (!isPlainObject(database)) {
    faults.add(property, "must be an object with host, name, user, password and cidrBlocks");
    return;
  }
  const { host, name, user, password } = database;
  checkHost(faults, host, `${property}.host`);
  for (const [key, value] of Object.entries({ name, user }))
    faults.literal(`${property}.${key}`, value).length(`${property}.${key}`, value, 1, IDENTIFIER_MAX_LENGTH);
  checkPassword(faults, password, `${property}.password`);
  // A policy is made of ranges and port: its own check knows what they may be.
  checkAs(
    faults,
    (told) => `${property}.${told.replace("to.database.", "")}`,
    (within) => checkTraffic(within, { to: databasePeer(database) }, (told) => told),
  );
}

/** An address may hold a login before `@`: no message repeats it. */
function checkHost(faults: Faults, host: unknown, property: string): void {
  if (typeof host !== "string" && !isKnownAtApply(host)) {
    faults.add(property, "must be text, or knownAtApply(...)");
    return;
  }
  const before = faults.all.length;
  checkPlainData(faults, property, host);
  if (isKnownAtApply(host) || faults.all.length > before) return;
  const shown = host.includes("@") ? undefined : host;
  const fix = "without scheme and port; the port has a property of its own";
  faults.check(
    isDnsName(host) || isIPv4(host),
    property,
    "must be a DNS name in lower case or an IPv4 address",
    shown,
    fix,
  );
}
