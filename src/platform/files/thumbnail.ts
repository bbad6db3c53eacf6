import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileStore } from './store.ts';

/** Twice the size at which lists show pictures, for fine screens. */
const SIDE = 320;
/** A file of a few bytes may unfold into gigabytes; no camera makes more than this. */
const MOST_PIXELS = 60_000_000;
const LONGEST_S = 15;
const AT_ONCE = 2;

/** Formats that are read; anything else, above all SVG, which is a program, is never given to the decoder. */
const READ = new Map([
  ['image/jpeg', 'VipsForeignLoadJpegFile'],
  ['image/png', 'VipsForeignLoadPngFile'],
  ['image/webp', 'VipsForeignLoadWebpFile'],
  ['image/gif', 'VipsForeignLoadNsgifFile'],
  ['image/avif', 'VipsForeignLoadHeifFile'],
  ['image/tiff', 'VipsForeignLoadTiffFile'],
]);

/** The small picture; `unknown` when its format is not understood here, `huge` when it had better not be unfolded. */
export type Thumbnail = Buffer | 'unknown' | 'huge';

const underWay = new Map<string, Promise<Thumbnail>>();

/** A small WebP picture of an image file: made once, then kept beside it. Animations show their first picture. */
export async function thumbnailOf(
  store: FileStore,
  { digest, mime }: { digest: string; mime: string },
): Promise<Thumbnail> {
  if (!READ.has(mime)) return 'unknown';
  const kept = await readFile(store.thumbnail(digest)).catch(() => null);
  if (kept) return kept;
  const waiting = underWay.get(digest);
  if (waiting) return waiting;
  const made = oneOfFew(() => make(store, digest)).finally(() => underWay.delete(digest));
  underWay.set(digest, made);
  return made;
}

async function make(store: FileStore, digest: string): Promise<Thumbnail> {
  const sharp = await decoder();
  if (!sharp) return 'unknown';
  const image = sharp(store.path(digest), { limitInputPixels: false, sequentialRead: true });
  const size = await image.metadata().catch(() => null);
  if (!size) return 'unknown';
  if (size.width * size.height > MOST_PIXELS) return 'huge';
  const bytes = await image
    .autoOrient()
    .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 76 })
    .timeout({ seconds: LONGEST_S })
    .toBuffer()
    .catch(() => null);
  if (!bytes) return 'unknown';
  await keep(store.thumbnail(digest), bytes);
  return bytes;
}

/** Written beside and renamed, so that nobody reads half of it. */
async function keep(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, bytes, { mode: 0o600 });
  await rename(unfinished, path);
}

/** The image library; null on a machine for which it brings no build. */
async function decoder(): Promise<typeof import('sharp').default | null> {
  const loaded = await import('sharp').catch(() => null);
  if (!loaded) return null;
  const sharp = loaded.default;
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: [...READ.values()] });
  return sharp;
}

let running = 0;
const queue: (() => void)[] = [];

/** A page full of new pictures must not take the threads that other requests need. */
async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((go) => queue.push(go));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = queue.shift();
    // The place goes straight to who waits longest.
    if (next) next();
    else running -= 1;
  }
}
