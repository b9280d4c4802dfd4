import { createHash, randomUUID } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { RenderError } from "../render-error";

/** Names the folder that holds what was rendered before. */
export const CACHE_VARIABLE = "EKS_PLATFORM_CACHE";

const KEPT_DAYS = 30;

/** What was rendered and pulled before, for all programs of this user. Files appear whole or not at all. */
export class RenderCache {
  private constructor(
    readonly folder: string,
    private readonly temporary: boolean,
  ) {}

  /**
   * In the folder that EKS_PLATFORM_CACHE names, else beside the user's other caches. Entries that nobody used for long go.
   *
   * @throws {RenderError} if the folder cannot be used
   */
  static open(): RenderCache {
    const base = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
    const cache = new RenderCache(resolve(process.env[CACHE_VARIABLE] || join(base, "cdktf-eks-platform")), false);
    try {
      cache.forgetUnused();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const fix = `name another folder with ${CACHE_VARIABLE}, or use --no-cache`;
      throw new RenderError(`the cache ${cache.folder} cannot be used: ${code}`, fix);
    }
    return cache;
  }

  /** An empty one, gone after `close`. */
  static empty(): RenderCache {
    return new RenderCache(mkdtempSync(join(tmpdir(), "eks-platform-")), true);
  }

  /** What was kept under the parts of this key; undefined if nothing was, or if it cannot be read. */
  read<T>(key: readonly unknown[]): T | undefined {
    const file = this.entry(key);
    try {
      const { content } = JSON.parse(readFileSync(file, "utf8")) as { readonly content: T };
      utimesSync(file, new Date(), new Date());
      return content;
    } catch {
      return undefined;
    }
  }

  write(key: readonly unknown[], content: unknown): void {
    const file = this.entry(key);
    mkdirSync(dirname(file), { recursive: true });
    const written = `${file}.${randomUUID()}`;
    writeFileSync(written, JSON.stringify({ content }));
    renameSync(written, file);
  }

  close(): void {
    if (this.temporary) rmSync(this.folder, { recursive: true, force: true });
  }

  private get entries(): string {
    return join(this.folder, "entries");
  }

  private entry(key: readonly unknown[]): string {
    return join(this.entries, `${createHash("sha256").update(JSON.stringify(key)).digest("hex")}.json`);
  }

  private forgetUnused(): void {
    mkdirSync(this.entries, { recursive: true });
    const oldest = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
    for (const name of readdirSync(this.entries)) {
      const file = join(this.entries, name);
      // Another program may take it away at this moment.
      const used = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? oldest;
      if (used < oldest) rmSync(file, { force: true });
    }
  }
}
