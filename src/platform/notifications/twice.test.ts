import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Subscriptions, startSubscribers } from '../events/run.ts';
import { eventually, type Person, startTestApp, type TestApp } from '../testing/app.ts';

const RECORDS = 12;
const all = { read: 'all', create: 'all', update: 'all', transfer: 'all' } as const;

let house: TestApp;
let author: Person;
let follower: Person;
const running: Subscriptions[] = [];

beforeAll(async () => {
  house = await startTestApp();
  author = await house.person({ entities: { customer: { actions: all } } });
  follower = await house.person({ entities: { customer: { actions: all } } });
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});
afterAll(() => house.stop());

const start = async () => running.push(await startSubscribers(house.services, house.app.subscribers));
const told = async () =>
  (await follower.get('/notifications?limit=100')).body.items
    .filter(({ kind }: { kind: string }) => kind.startsWith('follow.'))
    .map(({ record }: { record: { id: string } }) => record.id);

test('of two processes one of which dies at it, people are told everything, and once', async () => {
  const ids: string[] = [];
  for (let at = 0; at < RECORDS; at += 1) {
    const { id } = await author.create('customers', { name: `客户${at}`, owner: author.id });
    await follower.put(`/customers/${id}/following`, { following: true });
    ids.push(id);
  }
  await house.follow();
  await start();
  await start();
  const half = ids.splice(0, RECORDS / 2);
  for (const id of half) await author.patch(`/customers/${id}`, { owner: follower.id });
  await eventually(async () => (await told()).length > 0, 20);
  // Whoever is at work loses its locks as if its process had died; what it did not finish is begun anew.
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'guanxi events' order by pid limit 1`.execute(
    house.services.db,
  );
  for (const id of ids) await author.patch(`/customers/${id}`, { owner: follower.id });
  await eventually(async () => (await told()).length >= RECORDS, 30);
  await house.follow();
  expect((await told()).sort()).toEqual([...half, ...ids].sort());
});

test('events read again from their beginning tell nothing anew', async () => {
  const before = await told();
  await sql`delete from event_cursor`.execute(house.services.db);
  await house.follow();
  expect(await told()).toEqual(before);
});
