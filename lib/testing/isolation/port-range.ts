/** Ports of one protocol. */
export interface PortRange {
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
}

/** A port as a policy has it. */
export interface PolicyPort {
  readonly protocol?: string;
  /** A name is that of a container's port: only the pod knows the number. */
  readonly port?: number | string;
  readonly endPort?: number;
}

const ALL = { first: 1, last: 65_535 };

export const ALL_PORTS: readonly PortRange[] = ["TCP", "UDP", "SCTP"].map((protocol) => ({ protocol, ...ALL }));

/** What a rule may let through, and what it lets through for sure: a named port may be any. Without ports it is all. */
export function portRanges(ports: readonly PolicyPort[] = []): {
  may: readonly PortRange[];
  does: readonly PortRange[];
} {
  if (ports.length === 0) return { may: ALL_PORTS, does: ALL_PORTS };
  const ranges = ports.map(({ protocol = "TCP", port, endPort }) => {
    const isNamed = typeof port === "string" && !/^\d+$/.test(port);
    const range = port === undefined || isNamed ? ALL : { first: Number(port), last: endPort ?? Number(port) };
    return { isNamed, range: { protocol, ...range } };
  });
  return {
    may: ranges.map(({ range }) => range),
    does: ranges.filter(({ isNamed }) => !isNamed).map(({ range }) => range),
  };
}

/** What is in each of two lists. */
export function commonPorts(one: readonly PortRange[], other: readonly PortRange[]): PortRange[] {
  return one.flatMap((range) =>
    other
      .filter(({ protocol }) => protocol === range.protocol)
      .map(({ protocol, first, last }) => ({
        protocol,
        first: Math.max(first, range.first),
        last: Math.min(last, range.last),
      }))
      .filter(({ first, last }) => first <= last),
  );
}

/** For example `TCP 8080`, `UDP 1-65535`. */
export function portText({ protocol, first, last }: PortRange): string {
  if (first === ALL.first && last === ALL.last) return `any ${protocol} port`;
  return `${protocol} ${first === last ? first : `${first}-${last}`}`;
}
