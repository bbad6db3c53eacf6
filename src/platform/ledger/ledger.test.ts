import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import { uuidv7 } from '../db/uuid.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { defineBook } from './book.ts';
import { post, reverse } from './post.ts';
import { balancesOf, postingsOf } from './read.ts';

const book = defineBook({
  name: 'test',
  accounts: {
    purse: { short: 'already_reversed' },
    shelf: { short: 'already_reversed', full: 'conflict' },
    debt: { short: 'already_reversed', owes: true },
  },
});
const DAY = '2026-11-20';

let house: TestApp;
let ctx: Context;
beforeAll(async () => {
  house = await startTestApp();
  ctx = await house.context();
});
afterAll(() => house.stop());

const put = (id: string, amount: string, more: object = {}) =>
  post(ctx, book, [
    { kind: 'put', source: id, day: DAY, moves: [{ account: 'purse', id, unit: 'CNY', amount, ...more }] },
  ]);
const give = (from: string, to: string, amount: string, most: string | null = null) =>
  post(ctx, book, [
    {
      kind: 'give',
      source: from,
      day: DAY,
      moves: [
        { account: 'purse', id: from, unit: 'CNY', amount: `-${amount}` },
        { account: 'shelf', id: to, unit: 'CNY', amount, most },
      ],
    },
  ]);
const holds = async (account: 'purse' | 'shelf' | 'debt', id: string) =>
  (await balancesOf(ctx, book, account, [id])).get(id)?.[0]?.balance ?? '0';
const outcomes = async (all: Promise<unknown>[]) =>
  (await Promise.allSettled(all)).map((each) =>
    each.status === 'fulfilled' ? 'done' : (each.reason as { code?: string }).code,
  );

/** Balances that are not the sum of their entries. */
const untrue = async () =>
  (
    await sql`select coalesce(b.account_id, e.account_id) from ledger_balance b full join
      (select book, account, account_id, unit, sum(amount) as sum from ledger_entry group by 1, 2, 3, 4) e
      using (book, account, account_id, unit) where b.balance is distinct from coalesce(e.sum, 0)`.execute(
      ctx.db,
    )
  ).rows;

describe('a posting', () => {
  test('moves all of it or nothing', async () => {
    const [from, to] = [uuidv7(), uuidv7()];
    await put(from, '100.00');
    await give(from, to, '30.5');
    expect([await holds('purse', from), await holds('shelf', to)]).toEqual(['69.5', '30.5']);
    await expect(give(from, to, '69.51')).rejects.toMatchObject({ params: { left: '69.5', unit: 'CNY' } });
    await expect(give(from, to, '10', '40')).rejects.toMatchObject({
      code: 'conflict',
      params: { left: '9.5' },
    });
    expect([await holds('purse', from), await holds('shelf', to)]).toEqual(['69.5', '30.5']);
    expect(await postingsOf(ctx, book, from)).toHaveLength(2);
  });

  test('may leave an account in debt only where its rule says so', async () => {
    const id = uuidv7();
    await post(ctx, book, [
      { kind: 'owe', source: id, day: DAY, moves: [{ account: 'debt', id, unit: 'CNY', amount: '-5' }] },
    ]);
    expect(await holds('debt', id)).toBe('-5');
    await expect(put(id, '-0.01')).rejects.toMatchObject({ code: 'already_reversed' });
  });

  test('of the same purse by many at once: exactly as many as it holds', async () => {
    const [from, to] = [uuidv7(), uuidv7()];
    await put(from, '50');
    const told = await outcomes(Array.from({ length: 8 }, () => give(from, to, '20')));
    expect(told.filter((each) => each === 'done')).toHaveLength(2);
    expect([await holds('purse', from), await holds('shelf', to)]).toEqual(['10', '40']);
  });

  test('is taken back exactly once, however many try', async () => {
    const [from, to] = [uuidv7(), uuidv7()];
    await put(from, '50');
    const [id] = await give(from, to, '20');
    const back = () => reverse(ctx, book, [id as string], { day: DAY, remark: '记错' });
    expect((await outcomes([back(), back(), back()])).toSorted()).toEqual(
      ['done', 'already_reversed', 'already_reversed'].toSorted(),
    );
    expect([await holds('purse', from), await holds('shelf', to)]).toEqual(['50', '0']);
    const [, given, reversal] = await postingsOf(ctx, book, from);
    expect(given).toMatchObject({ id, reversedBy: reversal?.id });
    await expect(reverse(ctx, book, [reversal?.id as string], { day: DAY })).rejects.toMatchObject({
      code: 'already_reversed',
    });
  });

  test('is never rewritten', async () => {
    const id = uuidv7();
    await put(id, '5');
    for (const statement of [
      sql`update ledger_entry set amount = 6 where account_id = ${id}`,
      sql`delete from ledger_entry where account_id = ${id}`,
      sql`update ledger_posting set kind = 'x' where source = ${id}`,
    ])
      await expect(statement.execute(ctx.db)).rejects.toThrow('never rewritten');
  });
});

test('whatever happens side by side, every balance is the sum of its entries and none is below zero', async () => {
  const step = fc.record({
    from: fc.integer({ min: 0, max: 3 }),
    to: fc.integer({ min: 0, max: 3 }),
    cents: fc.integer({ min: 1, max: 9999 }),
    undo: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      const purses = Array.from({ length: 4 }, () => uuidv7());
      await Promise.all(purses.map((id) => put(id, '100')));
      await outcomes(
        steps.map(async ({ from, to, cents, undo }) => {
          const amount = (cents / 100).toFixed(2);
          const [id] = await give(purses[from] as string, purses[to] as string, amount);
          if (undo) await reverse(ctx, book, [id as string], { day: DAY });
        }),
      );
      let all = 0n;
      for (const id of purses)
        for (const account of ['purse', 'shelf'] as const) {
          const held = await holds(account, id);
          expect(held.startsWith('-')).toBe(false);
          all += BigInt(Math.round(Number(held) * 100));
        }
      expect(all).toBe(40_000n);
    }),
    { numRuns: 12 },
  );
  expect(await untrue()).toEqual([]);
});
