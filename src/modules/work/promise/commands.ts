import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import { settle } from '../settle.ts';
import { deadline } from './due.ts';

const only = (rows: Row[]): Row => rows[0] as Row;
const reason = z.string().trim().min(1).max(2000);

/** Says that a promise was kept. */
const keep = defineCommand({
  name: 'keep',
  entity: 'promise',
  on: 'one',
  action: 'update',
  summary: 'Say that a promise was kept',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    await settle(ctx, 'promise', only(rows), { to: 'kept', set: { settledAt: ctx.now }, action: 'keep' });
    return { status: 'kept' };
  },
});

/** Owns up to a promise that was not kept, with the reason. */
const breakPromise = defineCommand({
  name: 'break',
  entity: 'promise',
  on: 'one',
  action: 'update',
  summary: 'Say that a promise was not kept, and why',
  input: z.strictObject({ reason }),
  async run(ctx, { rows, input }) {
    await settle(ctx, 'promise', only(rows), {
      to: 'broken',
      set: { settledAt: ctx.now, reason: input.reason },
      action: 'break',
    });
    return { status: 'broken' };
  },
});

interface FormerDate {
  dueAt: string;
  dueDate: string;
  until: string;
  by: string | null;
  reason: string;
}

/** Agrees on another day with the customer; the day before is kept. */
const renegotiate = defineCommand({
  name: 'renegotiate',
  entity: 'promise',
  on: 'one',
  action: 'update',
  summary: 'Agree on another day; the former one stays in the history',
  input: z.strictObject({
    dueDate: z.iso.date().nullish(),
    dueAt: z.iso.datetime({ offset: true }).nullish(),
    withinHours: z.int().min(1).max(8760).nullish(),
    clock: z.enum(['clock', 'business']).default('clock'),
    reason,
  }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    const { reason: why, ...wish } = input;
    const set = deadline(ctx, ctx.now, wish);
    if (!set) throw invalid([{ path: 'dueDate', code: 'promise_no_date' }]);
    if (Temporal.Instant.compare(set.dueAt, ctx.now) <= 0)
      throw invalid([{ path: 'dueDate', code: 'promise_date_past' }]);
    const former: FormerDate = {
      dueAt: row.due_at as string,
      dueDate: row.due_date as string,
      until: ctx.now,
      by: ctx.principal.userId,
      reason: why,
    };
    const before = (row.former_dates as FormerDate[] | null) ?? [];
    await settle(ctx, 'promise', row, {
      to: 'renegotiated',
      set: {
        ...set,
        clock: wish.clock,
        withinHours: wish.withinHours ?? null,
        reason: why,
        settledAt: null,
        formerDates: [...before, former],
      },
      action: 'renegotiate',
    });
    return { status: 'renegotiated', dueAt: set.dueAt };
  },
});

/** Takes a word about a promise back: it is to be kept again. */
const reopen = defineCommand({
  name: 'reopen',
  entity: 'promise',
  on: 'one',
  action: 'update',
  summary: 'Take back that a promise was kept or broken',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    if (row.status === 'open' || row.status === 'renegotiated')
      throw problem('promise_still_open', { status: 409 });
    const to = ((row.former_dates as FormerDate[] | null) ?? []).length ? 'renegotiated' : 'open';
    await settle(ctx, 'promise', row, { to, set: { settledAt: null }, action: 'reopen' });
    return { status: to };
  },
});

export const promiseCommands = [keep, breakPromise, renegotiate, reopen];
