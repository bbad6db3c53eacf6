import { randomFillSync } from 'node:crypto';

const pool = new Uint8Array(4096);
let used = pool.length;
let lastMillisecond = 0;
let counter = 0;

/** A UUIDv7 (RFC 9562): ordered by time, also within one millisecond of one process through a 12-bit counter. */
export function uuidv7(): string {
  let millisecond = Date.now();
  if (millisecond <= lastMillisecond) {
    millisecond = lastMillisecond;
    counter += 1;
    if (counter > 0xfff) {
      millisecond += 1;
      counter = 0;
    }
  } else counter = 0;
  lastMillisecond = millisecond;
  if (used + 8 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = Buffer.from(pool.buffer, used, 8);
  used += 8;
  // 8 random bytes: one in the variant group's first byte, one beside it, six in the node.
  const time = millisecond.toString(16).padStart(12, '0');
  const variant = ((random[0]! & 0x3f) | 0x80).toString(16).padStart(2, '0');
  const tail = random.toString('hex', 1);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${tail.slice(0, 2)}-${tail.slice(2)}`;
}
