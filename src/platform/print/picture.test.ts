import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pictureSize } from './picture.ts';

const url = (type: string, bytes: Buffer) => `data:image/${type};base64,${bytes.toString('base64')}`;
const drawn = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c00' } });

test('a picture says how large it is, by its own bytes', async () => {
  const [png, jpeg, progressive, huge] = await Promise.all([
    drawn(60, 20).png().toBuffer(),
    drawn(31, 47).jpeg().toBuffer(),
    drawn(31, 47).withMetadata().jpeg({ progressive: true }).toBuffer(),
    drawn(3000, 3000).png().toBuffer(),
  ]);
  expect(pictureSize(url('png', png))).toEqual({ width: 60, height: 20 });
  expect(pictureSize(url('jpeg', jpeg))).toEqual({ width: 31, height: 47 });
  expect(pictureSize(url('jpeg', progressive))).toEqual({ width: 31, height: 47 });
  for (const none of [
    url('png', jpeg),
    url('jpeg', png),
    url('png', huge),
    url('png', png.subarray(0, 12)),
    url('jpeg', jpeg.subarray(0, 8)),
    url('png', Buffer.from('<svg>')),
  ])
    expect(pictureSize(none)).toBeNull();
});
