import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface OciRegistryOptions {
  /** Whether a tag can be pushed once only, as in repositories of ECR that this project makes. */
  readonly immutable?: boolean;
  /** `user:password` that every request must have. */
  readonly login?: string;
  /** Repositories that are there; others are not known, as in ECR. */
  readonly repositories?: readonly string[];
  /** Knows of no tag until it refused one: as if somebody else pushed it in between. */
  readonly forgetful?: boolean;
}

export interface OciRegistry {
  /** For example `127.0.0.1:40001`. */
  readonly host: string;
  /** Digests by repository and tag. */
  readonly tags: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/**
 * An OCI registry in this process, on this machine only, in as much as a client needs to push and to pull.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export async function ociRegistry(options: OciRegistryOptions = {}): Promise<OciRegistry> {
  const content = new Map<string, Stored>();
  const tags = new Map<string, string>();
  const state: State = { options, content, tags, refused: false };
  const server = createServer((request, response) => {
    bodyOf(request).then((body) => answer(request, response, body, state));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    tags,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

interface Stored {
  readonly type: string;
  readonly body: Buffer;
}

interface State {
  readonly options: OciRegistryOptions;
  readonly content: Map<string, Stored>;
  readonly tags: Map<string, string>;
  refused: boolean;
}

function answer(request: IncomingMessage, response: ServerResponse, body: Buffer, state: State): void {
  const { method = "", url = "", headers } = request;
  const { options, content, tags } = state;
  const { pathname, searchParams } = new URL(url, "http://registry");
  const [, repository = "", kind = "", reference = ""] = /^\/v2\/(.+)\/(blobs|manifests)\/(.+)$/.exec(pathname) ?? [];
  const end = (status: number, more: Record<string, string> = {}, text?: Buffer) => {
    response.writeHead(status, more).end(text);
  };
  const fail = (status: number, code: string, message: string) =>
    end(status, JSON_TYPE, Buffer.from(JSON.stringify({ errors: [{ code, message }] })));

  if (options.login && headers.authorization !== `Basic ${Buffer.from(options.login).toString("base64")}`) {
    end(401, { "www-authenticate": 'Basic realm="registry"' });
  } else if (pathname === "/v2/") {
    end(200);
  } else if (options.repositories && !options.repositories.includes(repository)) {
    fail(404, "NAME_UNKNOWN", `The repository with name '${repository}' does not exist`);
  } else if (method === "POST") {
    end(202, { location: `/v2/${repository}/blobs/uploads/${randomUUID()}` });
  } else if (method === "PUT") {
    const tag = kind === "manifests" && !reference.startsWith("sha256:") ? `${repository}:${reference}` : undefined;
    if (tag !== undefined && options.immutable && tags.has(tag)) {
      state.refused = true;
      fail(400, "TAG_INVALID", `The image tag '${reference}' already exists and cannot be overwritten`);
      return;
    }
    const digest = `sha256:${createHash("sha256").update(body).digest("hex")}`;
    const isOther = kind === "blobs" && searchParams.get("digest") !== digest;
    if (isOther) {
      fail(400, "DIGEST_INVALID", "not what was announced");
      return;
    }
    content.set(digest, { type: headers["content-type"] ?? "application/octet-stream", body });
    if (tag !== undefined) tags.set(tag, digest);
    end(201, { location: pathname, "docker-content-digest": digest });
  } else {
    const isForgotten = options.forgetful && !state.refused && kind === "manifests" && !reference.startsWith("sha256:");
    const digest = isForgotten ? "" : (tags.get(`${repository}:${reference}`) ?? reference);
    const found = content.get(digest);
    if (!found) {
      fail(404, "MANIFEST_UNKNOWN", "not there");
      return;
    }
    const size = { "content-type": found.type, "content-length": String(found.body.length) };
    end(200, { ...size, "docker-content-digest": digest }, method === "HEAD" ? undefined : found.body);
  }
}

const JSON_TYPE = { "content-type": "application/json" };

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
