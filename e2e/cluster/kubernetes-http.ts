import { type IncomingMessage, request } from "node:http";

/** Somebody else to ask as: what `--as` and `--as-group` are for kubectl. */
export interface Person {
  readonly user: string;
  readonly groups: readonly string[];
}

export interface Answer {
  readonly status: number;
  /** An object of Kubernetes; a `Status` if it was refused. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What a `Status` says; empty if it went well. */
  readonly message: string;
  /** What the server finds strange, and does nevertheless. */
  readonly warnings: readonly string[];
}

export interface CallOptions {
  readonly as?: Person;
  /** Nothing is stored; admission runs as ever. */
  readonly dryRun?: boolean;
}

/**
 * The Kubernetes API as the API server speaks it, with status codes. The calls go through `kubectl proxy` on a socket in a folder that
 * only this user may enter: so every kind of kubeconfig works, and no port of this machine is open to the cluster.
 */
export class KubernetesHttp {
  constructor(
    private readonly socketPath: string,
    private readonly signal: AbortSignal,
  ) {}

  get(path: string): Promise<Answer> {
    return this.call("GET", path);
  }

  /** Strict: a field that is not there is refused, as with `kubectl --validate=strict`. */
  create(path: string, object: object, options: CallOptions = {}): Promise<Answer> {
    const query = `?fieldValidation=Strict${options.dryRun ? "&dryRun=All" : ""}`;
    return this.call("POST", `${path}${query}`, object, options.as);
  }

  delete(path: string): Promise<Answer> {
    return this.call("DELETE", path);
  }

  private call(method: string, path: string, object?: object, as?: Person): Promise<Answer> {
    const headers = {
      host: "localhost",
      ...(object ? { "content-type": "application/json" } : {}),
      ...(as ? { "impersonate-user": as.user, "impersonate-group": [...as.groups] } : {}),
    };
    const { socketPath, signal } = this;
    return new Promise((done, failed) => {
      const asked = request({ socketPath, signal, method, path, headers, timeout: 30_000 }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => done(read(answer, Buffer.concat(parts).toString())));
        answer.on("error", failed);
      });
      asked.on("timeout", () => asked.destroy(new Error(`${method} ${path}: no answer within 30 s`)));
      asked.on("error", failed);
      asked.end(object && JSON.stringify(object));
    });
  }
}

function read({ statusCode: status = 0, headersDistinct }: IncomingMessage, text: string): Answer {
  const body = parse(text);
  const warnings = headersDistinct.warning ?? [];
  return { status, body, message: status < 400 ? "" : String(body.message ?? text), warnings };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // `/readyz` and the proxy itself answer in plain text.
    return { message: text };
  }
}
