import { open } from 'node:fs/promises';

const CHUNK = 1024 * 1024;

/** The bytes of a file from `start`, in chunks of at most 1 MB. The chunk is reused by nobody else. */
export async function* fileChunks(path: string, start = 0): AsyncGenerator<Buffer> {
  const handle = await open(path, 'r');
  try {
    for (let position = start; ; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** The first `length` bytes of a file, fewer when it is shorter. */
export async function fileHead(path: string, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of fileChunks(path)) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}
