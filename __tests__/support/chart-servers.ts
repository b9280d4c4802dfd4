import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface ChartServer {
  /** For example `127.0.0.1:40001`. */
  readonly host: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

interface Answer {
  readonly type: string;
  readonly content: Buffer;
}

/** A chart repository with one chart, on this machine only. */
export function chartRepository(name: string, version: string, archive: Buffer): Promise<ChartServer> {
  const index = `apiVersion: v1\nentries:\n  ${name}:\n    - { apiVersion: v2, name: ${name}, version: ${version}, urls: [${name}.tgz] }\n`;
  return serve({
    "/index.yaml": { type: "text/yaml", content: Buffer.from(index) },
    [`/${name}.tgz`]: { type: "application/gzip", content: archive },
  });
}

/** An OCI registry with one chart, on this machine only. */
export function chartRegistry(repository: string, tag: string, archive: Buffer): Promise<ChartServer> {
  const config = Buffer.from("{}");
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: described("application/vnd.cncf.helm.config.v1+json", config),
      layers: [described("application/vnd.cncf.helm.chart.content.v1.tar+gzip", archive)],
    }),
  );
  const blob = (content: Buffer) => [
    `/v2/${repository}/blobs/${digestOf(content)}`,
    { type: "application/octet-stream", content },
  ];
  const answer = { type: MANIFEST, content: manifest };
  return serve({
    [`/v2/${repository}/manifests/${tag}`]: answer,
    [`/v2/${repository}/manifests/${digestOf(manifest)}`]: answer,
    ...Object.fromEntries([config, archive].map(blob)),
  });
}

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";

function described(mediaType: string, content: Buffer): object {
  return { mediaType, digest: digestOf(content), size: content.length };
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

async function serve(answers: Readonly<Record<string, Answer>>): Promise<ChartServer> {
  const asked: string[] = [];
  const server = createServer(({ url = "", method }, response) => {
    asked.push(url);
    const answer = answers[url];
    if (!answer) return void response.writeHead(404).end();
    const { type, content } = answer;
    const headers = {
      "content-type": type,
      "content-length": content.length,
      "docker-content-digest": digestOf(content),
    };
    response.writeHead(200, headers).end(method === "HEAD" ? undefined : content);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => server.close(() => done()));
}
