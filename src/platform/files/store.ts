import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes `from` to `to`, both included. */
export interface ByteRange {
  from: number;
  to: number;
}

/** Where files lie, by the SHA-256 of their content. */
export interface FileStore {
  /** Takes over a staged file; the same content twice is one file. On return it survives a power cut. */
  keep(stagedPath: string, digest: string): Promise<void>;
  read(digest: string, range?: ByteRange): Readable;
  /** Takes away the file and its small picture. */
  remove(digest: string): Promise<void>;
  /** Everything kept, with the time of its last `keep` in milliseconds. */
  list(): AsyncGenerator<{ digest: string; keptAt: number }>;
  /** A folder of this machine in which uploads wait until they are checked. */
  staging: string;
  /** The file on this machine, for what reads files by name. */
  path(digest: string): string;
  /** Where the small picture of an image is kept once made. */
  thumbnail(digest: string): string;
}

/** The files below a data folder, outside anything the web server serves. */
export function folderStore(dataDir: string): FileStore {
  const root = join(dataDir, 'files');
  const placeOf = (digest: string) => {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error('not a digest');
    return join(digest.slice(0, 2), digest.slice(2, 4), digest);
  };
  const thumbnail = (digest: string) => join(root, 'thumbnails', `${placeOf(digest)}.webp`);
  const pathOf = (digest: string) => join(root, placeOf(digest));
  return {
    staging: join(root, 'staged'),
    path: pathOf,
    thumbnail,
    async keep(stagedPath, digest) {
      const path = pathOf(digest);
      await mkdir(dirname(path), { recursive: true });
      await rename(stagedPath, path);
      await syncFolder(dirname(path));
    },
    read: (digest, range) =>
      createReadStream(pathOf(digest), range ? { start: range.from, end: range.to } : {}),
    async remove(digest) {
      await rm(thumbnail(digest), { force: true });
      await rm(pathOf(digest), { force: true });
    },
    async *list() {
      for (const outer of await foldersIn(root)) {
        for (const inner of await foldersIn(join(root, outer))) {
          for (const digest of await readdir(join(root, outer, inner))) {
            const found = await stat(join(root, outer, inner, digest)).catch(() => null);
            if (found) yield { digest, keptAt: found.mtimeMs };
          }
        }
      }
    },
  };
}

async function foldersIn(path: string): Promise<string[]> {
  const names = await readdir(path).catch(() => [] as string[]);
  return names.filter((name) => /^[0-9a-f]{2}$/.test(name));
}

/** A new name in a folder is only durable once the folder is. Windows cannot and need not do this. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export interface Staged {
  path: string;
  digest: string;
  size: number;
}

/** Writes a stream into the staging folder and measures it; what breaks off leaves nothing behind. */
export async function stage(store: FileStore, source: Readable): Promise<Staged> {
  await mkdir(store.staging, { recursive: true });
  const path = join(store.staging, randomUUID());
  const hash = createHash('sha256');
  let size = 0;
  try {
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          size += chunk.length;
          yield chunk;
        }
      },
      createWriteStream(path, { flush: true, mode: 0o600 }),
    );
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { path, digest: hash.digest('hex'), size };
}
