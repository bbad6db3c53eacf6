import { z } from 'zod';

/** A seal or a logo is a small picture: a photograph of one is none. */
const MOST = 300_000;
const MOST_PIXELS = 4_000_000;

/** A picture that goes onto paper, as a data URL: PNG or JPEG, what its first bytes say it is too. */
export const printablePicture = z
  .string()
  .max(MOST)
  .regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/);

export interface PictureSize {
  width: number;
  height: number;
}

/** How large a picture says it is; null for what is no such picture, or one too large to be unfolded. */
export function pictureSize(dataUrl: string): PictureSize | null {
  const bytes = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');
  const size = dataUrl.startsWith('data:image/png') ? pngSize(bytes) : jpegSize(bytes);
  if (!size || size.width === 0 || size.height === 0 || size.width * size.height > MOST_PIXELS) return null;
  return size;
}

function pngSize(bytes: Buffer): PictureSize | null {
  if (bytes.length < 24 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** The frames of a JPEG one after the other, until the one that tells the size. */
function jpegSize(bytes: Buffer): PictureSize | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const frame = bytes[at + 1] as number;
    // SOF0 to SOF15, but for the tables of Huffman and arithmetic codes that stand among them.
    if (frame >= 0xc0 && frame <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(frame))
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
  }
  return null;
}
