import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { type FileStore, folderStore, stage } from './store.ts';
import { thumbnailOf } from './thumbnail.ts';

const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#28566f' } });

/** A PNG that claims to be 60,000 pixels square, in a few hundred bytes. */
function bomb(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(60_000, 0);
  header.writeUInt32BE(60_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(data: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

describe('made from a file', () => {
  let folder: string;
  let store: FileStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guanxi-thumbnail-'));
    store = folderStore(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const keep = async (bytes: Buffer): Promise<string> => {
    const { path, digest } = await stage(store, Readable.from([bytes]));
    await store.keep(path, digest);
    return digest;
  };
  const sizeOf = async (digest: string, mime: string) => {
    await thumbnailOf(store, { digest, mime });
    const { format, width, height } = await sharp(store.thumbnail(digest)).metadata();
    return { format, width, height };
  };

  test.each([
    ['a wide photo', 'image/jpeg', () => photo(4000, 2000).jpeg(), { width: 320, height: 160 }],
    ['a tall screenshot', 'image/png', () => photo(300, 1200).png(), { width: 80, height: 320 }],
    ['a picture smaller than that', 'image/webp', () => photo(50, 40).webp(), { width: 50, height: 40 }],
    [
      'a photo held sideways',
      'image/jpeg',
      () => photo(400, 200).withMetadata({ orientation: 6 }).jpeg(),
      { width: 160, height: 320 },
    ],
  ] as const)('%s', async (_name, mime, make, size) => {
    expect(await sizeOf(await keep(await make().toBuffer()), mime)).toEqual({ format: 'webp', ...size });
  });

  test('is kept, asked for at once by many it is made once, and goes with its file', async () => {
    const digest = await keep(await photo(900, 900).jpeg().toBuffer());
    const made = await Promise.all([1, 2, 3].map(() => thumbnailOf(store, { digest, mime: 'image/jpeg' })));
    expect(new Set(made).size).toBe(1);
    expect(existsSync(store.thumbnail(digest))).toBe(true);
    await writeFile(store.thumbnail(digest), 'kept');
    expect(String(await thumbnailOf(store, { digest, mime: 'image/jpeg' }))).toBe('kept');
    await store.remove(digest);
    expect(existsSync(store.thumbnail(digest))).toBe(false);
  });

  test('a file that unfolds into gigabytes is left alone', async () => {
    expect(await thumbnailOf(store, { digest: await keep(bomb()), mime: 'image/png' })).toBe('huge');
  });

  test.each([
    ['an SVG is never read', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    [
      'an SVG that calls itself a PNG',
      'image/png',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    ],
    ['a broken picture', 'image/jpeg', 'ÿØÿà nothing more'],
  ])('%s', async (_name, mime, content) => {
    expect(await thumbnailOf(store, { digest: await keep(Buffer.from(content)), mime })).toBe('unknown');
  });
});

describe('over the network', () => {
  let house: TestApp;
  let owner: Person;
  let customer: { id: string };
  beforeAll(async () => {
    house = await startTestApp();
    owner = house.administrator;
    customer = await owner.create('customers', { name: '云鹤科技' });
  });
  afterAll(() => house.stop());

  const attach = async (bytes: Buffer, name: string): Promise<string> => {
    const boundary = '----guanxi-test';
    const payload = Buffer.concat([
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="customer"\r\n\r\n${customer.id}\r\n--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const { body } = await owner.send('POST', '/attachments', payload, {
      'content-type': `multipart/form-data; boundary=${boundary}`,
    });
    return body.id;
  };
  const thumbnail = (id: string, headers = {}) => owner.get(`/attachments/${id}/thumbnail`, headers);

  test('is small, sealed off, and asked for again only when it changed', async () => {
    const id = await attach(await photo(2000, 1500).jpeg().toBuffer(), '门头.jpg');
    const { headers, status } = await thumbnail(id);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect((await thumbnail(id, { 'if-none-match': headers.etag })).status).toBe(304);
  });

  test('a picture that cannot be read here is sent as it is; a bomb or a text has none', async () => {
    const bmp = Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]);
    expect((await thumbnail(await attach(bmp, 'scan.bmp'))).headers['content-type']).toBe('image/bmp');
    expect((await thumbnail(await attach(bomb(), 'bomb.png'))).body.code).toBe('no_thumbnail');
    expect((await thumbnail(await attach(Buffer.from('x'), 'f.txt'))).body.code).toBe('no_thumbnail');
  });
});
