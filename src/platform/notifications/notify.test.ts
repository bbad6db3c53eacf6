import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inTransaction } from '../context/transaction.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { type LivePage, openLive } from '../testing/live.ts';
import { cleanNotifications } from './mark.ts';
import { type NotificationItem, notify } from './notify.ts';
import { declareKind } from './testing/kinds.ts';

const self = { read: 'self', create: 'self', update: 'self' } as const;
const PERMISSIONS = { entities: { customer: { actions: self } } };

let house: TestApp;
let author: Person;
let reader: Person;
let other: Person;
let page: LivePage | undefined;

beforeAll(async () => {
  house = await startTestApp();
  author = await house.person(PERMISSIONS);
  reader = await house.person(PERMISSIONS);
  other = await house.person(PERMISSIONS);
  declareKind(
    house,
    { name: 'test.note', defaults: { inApp: true, mail: 'off' } },
    {
      zh: '{actor}：{record} 到期 {day}，见 {also}',
      en: '{actor}: {record} is due {day}, see {also}',
      label: { zh: '便条', en: 'Note' },
    },
  );
});
beforeEach(async () => {
  await sql`truncate notification, notification_past, notification_preference`.execute(house.services.db);
});
afterAll(async () => {
  page?.close();
  await house?.stop();
});

const note = (rest: Partial<NotificationItem> = {}): NotificationItem => ({
  to: [reader.id],
  kind: 'test.note',
  key: 'note:1',
  params: { day: { date: '2026-12-01' }, also: '下页' },
  ...rest,
});
const tell = async (...items: NotificationItem[]) => notify(await house.contextOf(author), items);
const listOf = async (person: Person, query = '') => (await person.get(`/notifications${query}`)).body.items;
const unreadOf = async (person: Person) => (await person.get('/notifications/unread')).body.unread;

test('is told once, however often and however many at a time tell it', async () => {
  await tell(note(), note({ to: [reader.id, reader.id] }));
  await Promise.all([1, 2, 3, 4].map(() => tell(note(), note({ key: 'note:2' }))));
  expect(await unreadOf(reader)).toBe(2);
  await reader.post('/notifications/read', { all: true });
  await tell(note());
  expect(await unreadOf(reader)).toBe(0);
});

test('is not told again after it has been cleared away', async () => {
  await tell(note(), note({ key: 'kept' }), note({ key: 'unread' }));
  await reader.post('/notifications/read', {
    ids: (await listOf(reader)).slice(1).map(({ id }: { id: string }) => id),
  });
  await sql`update notification set read_at = now() - interval '91 days' where key = 'note:1'`.execute(
    house.services.db,
  );
  await cleanNotifications(house.services);
  expect(await listOf(reader)).toHaveLength(2);
  await tell(note());
  expect(await listOf(reader)).toHaveLength(2);
});

test('goes with the transaction that tells it', async () => {
  const ctx = await house.contextOf(author);
  await inTransaction(ctx, async (inner) => {
    await notify(inner, [note()]);
    throw new Error('no');
  }).catch(() => {});
  expect(await listOf(reader)).toEqual([]);
});

test('neither the author nor people who are gone are told', async () => {
  const gone = await house.person(PERMISSIONS);
  await sql`update "user" set status = 'deactivated' where id = ${gone.id}`.execute(house.services.db);
  await tell(note({ to: [author.id, gone.id, reader.id] }));
  const { rows } = await sql<{ user_id: string }>`select user_id from notification`.execute(
    house.services.db,
  );
  expect(rows.map((row) => row.user_id)).toEqual([reader.id]);
});

test('is read in the reader’s language and only with the rights he has', async () => {
  const record = { entity: 'customer', id: (await reader.create('customers', { name: '云海' })).id };
  const foreign = (await other.create('customers', { name: '别人的' })).id;
  const params = { day: { date: '2026-12-01' }, also: { record: { entity: 'customer', id: foreign } } };
  await tell(note({ to: [reader.id, other.id], record, params }));
  const [mine] = await listOf(reader);
  expect(mine).toMatchObject({
    text: expect.stringMatching(/：云海 到期 2026-12-01，见 （看不到的记录）$/),
    record: { ...record, title: '云海' },
    actor: { id: author.id },
    read: false,
    importance: 'normal',
  });
  await house.administrator.patch(`/users/${reader.id}`, { language: 'en' });
  expect((await listOf(reader))[0].text).toMatch(/: 云海 is due Dec 1, 2026, see \(a record/);
  // The other may see what is named beside it, yet not what it is about.
  expect(await listOf(other)).toMatchObject([
    { text: '便条：内容不在你的范围内', record: null, actor: null },
  ]);
});

test('is filtered by kind, paged, and marked', async () => {
  await tell(...[1, 2, 3].map((n) => note({ key: `n${n}` })));
  const first = (await reader.get('/notifications?limit=2')).body;
  const rest = (await reader.get(`/notifications?limit=2&cursor=${first.nextCursor}`)).body;
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null]);
  expect(await listOf(reader, '?kind=test.other')).toEqual([]);
  expect(await listOf(reader, '?kind=test.note')).toHaveLength(3);
  const { id } = first.items[0];
  expect((await other.post('/notifications/read', { ids: [id] })).body).toEqual({ changed: 0 });
  expect((await reader.post('/notifications/read', { ids: [id] })).body).toEqual({ changed: 1 });
  expect(await listOf(reader, '?unread=true')).toHaveLength(2);
  await reader.post('/notifications/read', { ids: [id], read: false });
  expect((await reader.get('/notifications/unread')).body).toEqual({
    unread: 3,
    kinds: { 'test.note': 3 },
    quiet: false,
  });
  await reader.post('/notifications/read', { kind: 'test.note' });
  expect(await unreadOf(reader)).toBe(0);
});

test('open pages of the reader learn of it, and of nobody else’s', async () => {
  // Somebody of whom nothing told before can still be on its way.
  const fresh = await house.person(PERMISSIONS);
  const address = await house.server.listen({ port: 0, host: '127.0.0.1' });
  page = await openLive(address, fresh);
  await page.next(({ event }) => event === 'meta');
  await tell(note({ to: [other.id] }));
  await tell(note({ to: [fresh.id] }));
  await page.next(({ event, data }) => event === 'notification' && data.fresh);
  await fresh.post('/notifications/read', { all: true });
  await page.next(({ event, data }) => event === 'notification' && !data.fresh);
  expect(page.messages.filter(({ event }) => event === 'notification')).toHaveLength(2);
});
