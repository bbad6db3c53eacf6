import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import { uuidv7 } from '../db/uuid.ts';
import { eventually, startTestApp, type TestApp } from '../testing/app.ts';
import { emit } from './events.ts';
import { type Subscriptions, startSubscribers } from './run.ts';
import { defineSubscriber, eventPattern, type StoredEvent } from './subscriber.ts';
import { createWaker } from './waker.ts';

let house: TestApp;
let ctx: Context;
const running: Subscriptions[] = [];

beforeAll(async () => {
  house = await startTestApp();
});
beforeEach(async () => {
  ctx = { ...(await house.context()), wakeSubscribers: createWaker(house.services.pool) };
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  await sql`delete from event`.execute(house.services.db);
});
afterAll(() => house.stop());

/** A subscriber that keeps what it was given, under a name of its own. */
function recorder(events: string[], fail?: (batch: readonly StoredEvent[]) => void) {
  const seen: StoredEvent[] = [];
  const subscriber = defineSubscriber({
    name: `test.${uuidv7()}`,
    events,
    handle: async (_services, batch) => {
      fail?.(batch);
      seen.push(...batch);
    },
  });
  return { subscriber, seen };
}

const start = async (...subscribers: ReturnType<typeof recorder>[]) => {
  running.push(
    await startSubscribers(
      house.services,
      subscribers.map(({ subscriber }) => subscriber),
    ),
  );
};
const say = (name: string, inner: Context = ctx) =>
  emit(inner, { name, entity: name.split('.')[0] as string, recordIds: [uuidv7()], payload: { said: name } });
const names = (seen: StoredEvent[]) => seen.map((event) => event.name);

test('one that rests begins when it need not any more, and the others do not wait for it', async () => {
  let resting = true;
  const patient = recorder(['stone.*']);
  const other = recorder(['stone.*']);
  patient.subscriber = { ...patient.subscriber, rests: async () => resting };
  await say('stone.created');
  await start(patient, other);
  await eventually(async () => other.seen.length === 1);
  expect(patient.seen).toEqual([]);
  resting = false;
  await say('stone.moved');
  await eventually(async () => patient.seen.length === 2);
  expect(names(patient.seen)).toEqual(['stone.created', 'stone.moved']);
});

test('a subscriber gets the events of its names, in order, with what they carry', async () => {
  const one = recorder(['stone.created', 'stone.moved']);
  const all = recorder(['stone.*']);
  await say('stone.created');
  await start(one, all);
  await say('stone.touched');
  await say('pebble.created');
  await say('stone.moved');
  await eventually(async () => all.seen.length === 3);
  await eventually(async () => one.seen.length === 2);
  expect(names(one.seen)).toEqual(['stone.created', 'stone.moved']);
  expect(names(all.seen)).toEqual(['stone.created', 'stone.touched', 'stone.moved']);
  expect(one.seen[0]).toMatchObject({
    entity: 'stone',
    actorId: house.administrator.id,
    payload: { said: 'stone.created' },
  });
});

test('events that commit in another order than they began are all read', async () => {
  const { subscriber, seen } = recorder(['order.*']);
  await start({ subscriber, seen });
  const began = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const slow = ctx.db.transaction().execute(async (db) => {
    await say('order.slow', { ...ctx, db, afterCommit: () => {} });
    began.resolve();
    await finish.promise;
  });
  await began.promise;
  for (let index = 0; index < 5; index++) await say('order.fast');
  // What began later has committed, but is not read while the earlier one may still come.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const early = [...seen];
  finish.resolve();
  await slow;
  expect(early).toEqual([]);
  await eventually(async () => seen.length === 6);
  expect(names(seen)[0]).toBe('order.slow');
});

test('under many concurrent transactions nothing is lost and nothing comes twice', async () => {
  const { subscriber, seen } = recorder(['busy.*']);
  await start({ subscriber, seen });
  const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
  const writer = async () => {
    for (let index = 0; index < 25; index++) {
      await ctx.db
        .transaction()
        .execute(async (db) => {
          await say('busy.written', { ...ctx, db, afterCommit: (task) => task() });
          await pause();
          if (index % 5 === 4) throw new Error('rolled back');
        })
        .catch(() => {});
      await pause();
    }
  };
  await Promise.all(Array.from({ length: 6 }, writer));
  const { rows } = await sql<{ id: string }>`select id from event where name = 'busy.written'`.execute(
    ctx.db,
  );
  expect(rows).toHaveLength(6 * 20);
  await eventually(async () => seen.length >= rows.length);
  expect(seen.map((event) => event.id).sort()).toEqual(rows.map((row) => row.id).sort());
});

test('a failed batch is given again, and the place is kept over a restart', async () => {
  let failures = 0;
  const first = recorder(['again.*'], () => {
    if (failures++ === 0) throw new Error('not yet');
  });
  const { log } = house.services;
  house.services.log = { ...log, error: () => {} };
  await start(first);
  await say('again.one');
  await eventually(async () => first.seen.length === 1);
  house.services.log = log;
  await running.pop()?.stop();
  await say('again.two');
  await start(first);
  await eventually(async () => first.seen.length === 2);
  expect(names(first.seen)).toEqual(['again.one', 'again.two']);
  expect(failures).toBe(3);
});

test('of two processes one at a time works for a subscriber', async () => {
  let atWork = 0;
  let together = 0;
  const seen: StoredEvent[] = [];
  const subscriber = defineSubscriber({
    name: 'test.alone',
    events: ['alone.*'],
    handle: async (_services, batch) => {
      together = Math.max(together, ++atWork);
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(...batch);
      atWork -= 1;
    },
  });
  await start({ subscriber, seen });
  running.push(await startSubscribers(house.services, [subscriber]));
  for (let index = 0; index < 30; index++) await say('alone.said');
  await eventually(async () => seen.length >= 30);
  expect(together).toBe(1);
  expect(new Set(seen.map((event) => event.id)).size).toBe(30);
  expect(seen).toHaveLength(30);
});

test('two subscribers of one name would share their place', async () => {
  const { subscriber } = recorder(['x.*']);
  await expect(startSubscribers(house.services, [subscriber, subscriber])).rejects.toThrow('twice');
});

test('more events than one batch are read to the end', async () => {
  await Promise.all(Array.from({ length: 1203 }, () => say('many.said')));
  const { subscriber, seen } = recorder(['many.*']);
  await start({ subscriber, seen });
  await eventually(async () => seen.length === 1203);
});

test('mass work is handed on a bounded number of records at a time, none left out', async () => {
  const sizes = [4000, 4000, 4000, 15_000, 0, 1, 9999, 2];
  for (const size of sizes) {
    await emit(ctx, {
      name: 'mass.written',
      entity: 'mass',
      recordIds: Array.from({ length: size }, () => uuidv7()),
    });
    await emit(ctx, {
      name: 'other.written',
      entity: 'other',
      recordIds: Array.from({ length: size }, () => uuidv7()),
    });
  }
  const batches: number[][] = [];
  const { subscriber, seen } = recorder(['mass.*'], (batch) =>
    batches.push(batch.map(({ recordIds }) => recordIds.length)),
  );
  await start({ subscriber, seen });
  await eventually(async () => seen.length === sizes.length);
  expect(batches.flat()).toEqual(sizes);
  for (const batch of batches)
    expect(batch.length === 1 || batch.reduce((sum, size) => sum + size, 0) <= 10_000).toBe(true);
});

test.each([
  ['customer.created', ['customer.created'], true],
  ['customer.updated', ['customer.created'], false],
  ['customer.updated', ['customer.*'], true],
  ['customers.updated', ['customer.*'], false],
  ['customerXcreated', ['customer.created'], false],
  ['anything.at.all', ['*'], true],
])('%s of %j is wanted: %s', (name, events, wanted) => {
  expect(new RegExp(eventPattern(events)).test(name)).toBe(wanted);
});
