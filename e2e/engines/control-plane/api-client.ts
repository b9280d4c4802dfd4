import { readFileSync } from "node:fs";
import { request } from "node:https";
import type { Certificates } from "./certificates";

export interface KubernetesAnswer {
  readonly status: number;
  readonly body: string;
}

/** The few calls we make ourselves as administrator, so that no kubectl is needed to come up. */
export class KubernetesApi {
  private readonly identity: { ca: Buffer; cert: Buffer; key: Buffer };

  constructor(
    private readonly address: string,
    { ca, admin }: Certificates,
  ) {
    this.identity = { ca: readFileSync(ca), cert: readFileSync(admin.certificate), key: readFileSync(admin.key) };
  }

  async isReady(path = "/readyz"): Promise<boolean> {
    return (await this.call("GET", path)).status === 200;
  }

  async nodeIsReady(name: string): Promise<boolean> {
    const { status, body } = await this.call("GET", `/api/v1/nodes/${name}`);
    const node = JSON.parse(body) as { status?: { conditions?: { type: string; status: string }[] } };
    const conditions = node.status?.conditions ?? [];
    return status === 200 && conditions.some((condition) => condition.type === "Ready" && condition.status === "True");
  }

  /** Server-side apply of one object. */
  async apply(path: string, object: object): Promise<void> {
    const { status, body } = await this.call("PATCH", `${path}?fieldManager=engines&force=true`, object);
    if (status >= 300) {
      throw new Error(`${path}: ${status} ${body}`);
    }
  }

  private call(method: string, path: string, object?: object): Promise<KubernetesAnswer> {
    const headers = object === undefined ? {} : { "content-type": "application/apply-patch+yaml" };
    const options = { ...this.identity, agent: false, headers, method, timeout: 5000 };
    return new Promise((done, failed) => {
      const asked = request(`${this.address}${path}`, options, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => done({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
        answer.on("error", failed);
      });
      asked.on("timeout", () => asked.destroy(new Error("no answer within 5 s")));
      asked.on("error", failed);
      asked.end(object === undefined ? undefined : JSON.stringify(object));
    });
  }
}
