import { existsSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { cleanFiles } from './clean.ts';
import { folderStore } from './store.ts';
import { cleanName } from './upload.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(512)]);
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
const WEBM = Buffer.from(
  '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878102428581021853806700000000',
  'hex',
);
const self = { read: 'self', create: 'self', update: 'self', delete: 'self' } as const;
const PERMISSIONS = {
  entities: {
    customer: { actions: self },
    contact: { actions: self },
    activity: { actions: self },
    attachment: { actions: self },
  },
};

let house: TestApp;
let owner: Person;
let customer: { id: string };

beforeAll(async () => {
  house = await startTestApp();
  owner = await house.person(PERMISSIONS);
  customer = await owner.create('customers', { name: '云鹤科技' });
});
afterAll(() => house.stop());

/** Sends a form as a browser does. */
function upload(
  who: Person,
  content: Buffer,
  name: string,
  fields: Record<string, string> = {},
  type = 'application/octet-stream',
): Promise<Answer> {
  const boundary = '----guanxi-test';
  const parts = Object.entries(fields).map(
    ([key, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  );
  const head = `${parts.join('')}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return who.send('POST', '/attachments', payload, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  });
}
const content = (who: Person, id: string, query = '', headers = {}) =>
  who.get(`/attachments/${id}/content${query}`, headers);
const stored = async () => Array.fromAsync(folderStore(house.services.dataDir).list());

test('a file hangs on its customer, comes back as it was, and stands on the timeline', async () => {
  const sent = await upload(owner, PNG, '门头照片.png', { customer: customer.id });
  expect(sent.status).toBe(201);
  expect(sent.body).toMatchObject({
    name: '门头照片.png',
    title: '门头照片.png',
    kind: 'image',
    mime: 'image/png',
    size: PNG.length,
    customer: { id: customer.id },
  });
  const back = await content(owner, sent.body.id);
  expect(back.raw.rawPayload).toEqual(PNG);
  expect(back.headers['content-disposition']).toContain(
    "filename*=UTF-8''%E9%97%A8%E5%A4%B4%E7%85%A7%E7%89%87.png",
  );
  const timeline = await owner.get(`/customers/${customer.id}/timeline?category=file`);
  expect(timeline.body.items).toMatchObject([
    { category: 'file', title: '门头照片.png', recordId: sent.body.id },
  ]);
  expect(
    (
      await owner.get(
        `/attachments?filter=${JSON.stringify({ field: 'customer', op: 'eq', value: customer.id })}`,
      )
    ).body.items,
  ).toHaveLength(1);
});

test('what hangs on an activity or contact belongs to their customer', async () => {
  const activity = await owner.create('activities', { customer: customer.id, subject: '拜访' });
  const contact = await owner.create('contacts', { customer: customer.id, name: '王小明' });
  expect((await upload(owner, PNG, 'a.png', { activity: activity.id })).body.customer).toMatchObject({
    id: customer.id,
  });
  expect((await upload(owner, PNG, 'b.png', { contact: contact.id })).body.customer).toMatchObject({
    id: customer.id,
  });
});

test('a file on the work for a customer is among the customer’s files', async () => {
  const { administrator } = house;
  const { id } = customer;
  const date = '2026-12-01';
  const works: [string, string, object][] = [
    ['task', 'tasks', { subject: '寄样品' }],
    ['visit', 'visits', { objective: '看产线', date }],
    ['meeting', 'meetings', { objective: '定方案', date }],
    ['promise', 'promises', { what: '周五前报价', dueDate: date }],
    ['callBack', 'call-backs', { subject: '回访', dueDate: date }],
    ['opportunity', 'opportunities', { name: '型材' }],
    ['quote', 'quotes', { name: '型材报价' }],
    ['contract', 'contracts', { name: '型材合同' }],
    ['order', 'orders', { name: '型材订单' }],
  ];
  for (const [field, plural, body] of works) {
    const work = await administrator.create(plural, { ...body, customer: id });
    const sent = await upload(administrator, PNG, `${field}.png`, { [field]: work.id });
    expect(sent.body, field).toMatchObject({ customer: { id }, [field]: { id: work.id } });
  }
  const { body } = await administrator.get(`/customers/${id}/timeline?category=file`);
  const names = body.items.map(({ title }: { title: string }) => title);
  expect(names).toEqual(expect.arrayContaining(works.map(([field]) => `${field}.png`)));
});

test('the same content twice is kept once', async () => {
  const text = Buffer.from('同样的内容');
  const before = (await stored()).length;
  await upload(owner, text, '一.txt', { customer: customer.id });
  await upload(owner, text, '二.txt', { customer: customer.id });
  expect((await stored()).length).toBe(before + 1);
});

describe('who may see the customer may see its files, nobody else', () => {
  test('a colleague without the customer', async () => {
    const stranger = await house.person(PERMISSIONS);
    const { body } = await upload(owner, PNG, 'secret.png', { customer: customer.id });
    expect((await content(stranger, body.id)).status).toBe(404);
    expect((await stranger.get(`/attachments/${body.id}/thumbnail`)).status).toBe(404);
    expect((await stranger.get(`/attachments/${body.id}`)).status).toBe(404);
    expect((await upload(stranger, PNG, 'x.png', { customer: customer.id })).status).toBe(422);
    await owner.post(`/customers/${customer.id}/share`, { user: stranger.id, access: 'read' });
  });

  test('a role without files', async () => {
    const reader = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
    const { body } = await upload(owner, PNG, 'c.png', { customer: customer.id });
    expect((await content(reader, body.id)).status).toBe(403);
    expect((await upload(reader, PNG, 'x.png', { customer: customer.id })).status).toBe(403);
  });

  test('nor is a deleted file there for anyone, until it is restored', async () => {
    const { body } = await upload(owner, PNG, 'd.png', { customer: customer.id });
    await owner.delete(`/attachments/${body.id}`);
    expect((await content(owner, body.id)).status).toBe(404);
    await owner.post(`/attachments/${body.id}/restore`);
    expect((await content(owner, body.id)).status).toBe(200);
  });

  test('another’s file cannot be claimed, nor one’s own exchanged', async () => {
    const { body } = await upload(owner, PNG, 'e.png', { customer: customer.id });
    const { rows } = await sql<{ file: string }>`select file from attachment where id = ${body.id}`.execute(
      house.services.db,
    );
    const thief = await house.person(PERMISSIONS);
    const stolen = await upload(thief, PNG, 'mine.png', { file: rows[0]?.file as string });
    expect(stolen.body.file).not.toBe(rows[0]?.file);
    const exchange = await owner.patch(`/attachments/${body.id}`, { file: rows[0]?.file });
    expect(exchange.body.errors).toMatchObject([{ path: 'file', code: 'field_immutable' }]);
    const direct = await thief.post('/attachments', { name: 'x', file: rows[0]?.file });
    expect(direct.status).toBe(415);
  });
});

describe('what a file is, is told by its content', () => {
  test.each([
    ['a program called a photo', EXE, 'photo.jpg', 'file_type_mismatch'],
    ['a program called a document', EXE, 'offer.docx', 'file_type_mismatch'],
    ['a program without a telling name', EXE, 'readme', 'file_type_mismatch'],
    ['text called PDF', Buffer.from('hello'), 'offer.pdf', 'file_type_mismatch'],
    ['HTML called a photo', Buffer.from('<html><script>alert(1)</script>'), 'a.png', 'file_type_mismatch'],
    ['nothing at all', Buffer.alloc(0), 'a.txt', 'file_empty'],
  ])('%s is refused', async (_name, bytes, name, code) => {
    const before = (await stored()).length;
    const answer = await upload(owner, bytes, name, { customer: customer.id });
    expect(answer.body).toMatchObject({ status: 422, code });
    expect((await stored()).length).toBe(before);
  });

  test.each([
    ['page.html', Buffer.from('<html><script>alert(1)</script>'), 'document'],
    [
      'logo.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      'document',
    ],
    ['setup.exe', EXE, 'document'],
    ['notes.txt', Buffer.from('<script>alert(1)</script>'), 'document'],
  ])('%s is only ever downloaded, as plain bytes', async (name, bytes, kind) => {
    const { body } = await upload(owner, bytes, name, { customer: customer.id });
    expect(body.kind).toBe(kind);
    const { headers, status } = await content(owner, body.id, '?inline=1');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(headers['content-disposition']).toMatch(/^attachment;/);
  });

  test.each([
    ['a.png', PNG, '', 'image/png', 'image'],
    ['offer.pdf', PDF, '', 'application/pdf', 'document'],
    ['voice.webm', WEBM, 'audio/webm;codecs=opus', 'audio/webm', 'audio'],
    ['film.webm', WEBM, 'video/webm', 'video/webm', 'video'],
  ])('%s may be shown', async (name, bytes, declared, mime, kind) => {
    const { body } = await upload(owner, bytes, name, { customer: customer.id }, declared || undefined);
    expect(body).toMatchObject({ mime, kind });
    const { headers } = await content(owner, body.id, '?inline=1');
    expect(headers['content-type']).toBe(mime);
    expect(headers['content-disposition']).toMatch(/^inline;/);
    expect((await content(owner, body.id)).headers['content-disposition']).toMatch(/^attachment;/);
  });
});

describe('parts of a file', () => {
  let id: string;
  beforeAll(async () => {
    id = (await upload(owner, Buffer.from('0123456789'), 'digits.txt', { customer: customer.id })).body.id;
  });

  test.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=5-2', 200, '0123456789', undefined],
    ['bytes=0-1,4-5', 200, '0123456789', undefined],
    ['lines=1-2', 200, '0123456789', undefined],
  ])('%s → %i', async (range, status, body, contentRange) => {
    const answer = await content(owner, id, '', { range });
    expect(answer.status).toBe(status);
    expect(answer.raw.body).toBe(body);
    expect(answer.headers['content-range']).toBe(contentRange);
  });

  test('what the browser has need not be sent again', async () => {
    const etag = String((await content(owner, id)).headers.etag);
    expect((await content(owner, id, '', { 'if-none-match': etag })).status).toBe(304);
    expect((await content(owner, id, '', { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
  });
});

test('a form without a file, with unknown fields or too large a file is refused', async () => {
  const boundary = '----x';
  const empty = `--${boundary}\r\ncontent-disposition: form-data; name="customer"\r\n\r\n${customer.id}\r\n--${boundary}--\r\n`;
  const answer = await owner.send('POST', '/attachments', Buffer.from(empty), {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  });
  expect(answer.body).toMatchObject({ status: 422, code: 'file_required' });
  expect((await upload(owner, PNG, 'g.png', { nothing: '1' })).status).toBe(422);
  expect((await upload(owner, PNG, 'g.png', { size: '1' })).status).toBe(422);
  const large = await upload(owner, Buffer.alloc(100 * 1024 * 1024 + 1, 'x'), 'large.txt', {
    customer: customer.id,
  });
  expect(large.body).toMatchObject({ status: 413, code: 'file_too_large' });
});

test('the nightly cleaning removes what nothing names, and keeps what is named, also in the recycle bin', async () => {
  const { dataDir, db } = house.services;
  const kept = (await upload(owner, Buffer.from('kept'), 'kept.txt', { customer: customer.id })).body;
  const binned = (await upload(owner, Buffer.from('binned'), 'binned.txt', { customer: customer.id })).body;
  await owner.delete(`/attachments/${binned.id}`);
  const erased = (await house.administrator.create('customers', { name: '将被删除' })).id;
  const gone = (await upload(house.administrator, Buffer.from('gone'), 'gone.txt', { customer: erased }))
    .body;
  await house.administrator.delete(`/attachments/${gone.id}`);
  await house.administrator.delete(`/attachments/${gone.id}?forever=true`);
  await upload(owner, Buffer.from('orphan'), 'orphan.txt', { nothing: '1' });
  const stray = join(dataDir, 'files', 'ab', 'cd', `abcd${'0'.repeat(60)}`);
  await mkdir(join(stray, '..'), { recursive: true });
  await writeFile(stray, 'stray');
  await writeFile(join(dataDir, 'files', 'staged', 'broken-off'), 'x');
  await cleanFiles(house.services);
  expect(existsSync(stray)).toBe(true);
  await sql`update stored_file set created_at = now() - interval '2 days'`.execute(db);
  const past = new Date(Date.now() - 2 * 24 * 3600 * 1000);
  for (const { digest } of await stored()) {
    await utimes(join(dataDir, 'files', digest.slice(0, 2), digest.slice(2, 4), digest), past, past);
  }
  await utimes(join(dataDir, 'files', 'staged', 'broken-off'), past, past);
  await cleanFiles(house.services);
  const left = new Set((await stored()).map(({ digest }) => digest));
  const { rows } = await sql<{ digest: string }>`select distinct digest from attachment`.execute(db);
  expect(left).toEqual(new Set(rows.map((row) => row.digest)));
  expect(existsSync(join(dataDir, 'files', 'staged', 'broken-off'))).toBe(false);
  expect((await content(owner, kept.id)).raw.body).toBe('kept');
  await owner.post(`/attachments/${binned.id}/restore`);
  expect((await content(owner, binned.id)).raw.body).toBe('binned');
});

test.each([
  ['报价单.pdf', '报价单.pdf'],
  ['C:\\Users\\li\\a.txt', 'a.txt'],
  ['../../etc/passwd', 'passwd'],
  ['a\u0000b\u202e.txt', 'ab.txt'],
  ['', 'file'],
  ['..', 'file'],
  [`${'长'.repeat(300)}.docx`, `${'长'.repeat(250)}.docx`],
])('the name %j becomes %j', (given, expected) => {
  expect(cleanName(given)).toBe(expected);
});
