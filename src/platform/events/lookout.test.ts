import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import { uuidv7 } from '../db/uuid.ts';
import { eventually, startTestApp, type TestApp } from '../testing/app.ts';
import { emit } from './events.ts';
import { createLookout, type Sighting } from './lookout.ts';

let house: TestApp;
let ctx: Context;

beforeAll(async () => {
  house = await startTestApp();
  ctx = { ...(await house.context()), wakeSubscribers: () => {} };
});
afterAll(() => house.stop());

const say = (name: string, inner: Context = ctx) =>
  emit(inner, { name, entity: 'stone', recordIds: [uuidv7()] });

/** Looks until nothing new is seen and nothing held back; transactions of other tests delay what is seen. */
async function seen(look: () => Promise<Sighting>): Promise<string[]> {
  const names = new Set<string>();
  await eventually(async () => {
    const found = await look();
    for (const name of found.names ?? []) names.add(name);
    return !found.more && !found.held;
  });
  return [...names].sort();
}

test('what came since the last look is seen once, by its names', async () => {
  await say('stone.early');
  const look = createLookout(house.services);
  expect((await look()).names).toBeNull();
  await seen(look);
  await say('stone.moved');
  await say('stone.moved');
  await say('stone.made');
  expect(await seen(look)).toEqual(['stone.made', 'stone.moved']);
  expect(await seen(look)).toEqual([]);
});

test('what an older transaction holds back is told of, and seen when that has ended', async () => {
  const look = createLookout(house.services);
  await seen(look);
  const began = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const slow = ctx.db.transaction().execute(async (db) => {
    await say('stone.slow', { ...ctx, db, afterCommit: () => {} });
    began.resolve();
    await finish.promise;
  });
  await began.promise;
  await say('stone.fast');
  expect(await look()).toMatchObject({ names: [], held: true });
  finish.resolve();
  await slow;
  expect(await seen(look)).toEqual(['stone.fast', 'stone.slow']);
});

test('more than one look takes in is seen by the next', async () => {
  const look = createLookout(house.services);
  await seen(look);
  await sql`insert into event (id, at, name, entity, record_ids)
    select uuidv7(), now(), 'stone.' || n, 'stone', '{}' from generate_series(1, 1203) n`.execute(ctx.db);
  expect(await seen(look)).toHaveLength(1203);
});
