import { z } from 'zod';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden, ProblemError, problem } from '../../../platform/errors/problem.ts';
import { personContext } from '../../organisation/public.ts';
import { baseFor, fillSheet, kindOf } from '../sheet/fill.ts';
import { periodWords, reachWords } from '../sheet/words.ts';
import { STATES } from './form.shared.ts';
import { mayRevise, maySign, requireCover } from './rights.ts';
import {
  decideVersion,
  holdersOf,
  judgementsOf,
  keepVersion,
  type StoredForm,
  storedForm,
  versionsOf,
} from './store.ts';
import { tell } from './tell.ts';

const reason = z.string().trim().min(1).max(500);
const on = { entity: 'customerForm', on: 'one', action: 'read' } as const;

/** The steps of a form: 编制 → 填写 → 审核 → 锁定, and the ways back. */
export function formCommands(services: Services): readonly CommandSpec[] {
  return [
    defineCommand({
      ...on,
      name: 'sign',
      summary: 'Sign a form: as who made it, filled it in or reviews it, which takes it on to the next state',
      input: z.strictObject({ from: z.enum(STATES) }),
      async run(ctx, { rows: [row], input }) {
        const form = storedForm(row as Row);
        if (form.status !== input.from) throw problem('form_moved', { status: 409 });
        if (!maySign(ctx, form, row as Row))
          throw forbidden(form.status === 'review' ? 'form_not_reviewer' : 'form_not_yours');
        if (form.status === 'draft') await prepare(ctx, form, row as Row);
        else if (form.status === 'filling') await handIn(services, ctx, form, row as Row);
        else await lock(ctx, form, row as Row);
        return { done: true };
      },
    }),
    defineCommand({
      ...on,
      name: 'sendBack',
      summary: 'Send a form back to whoever filled it in, with the reason',
      input: z.strictObject({ reason }),
      async run(ctx, { rows: [row], input }) {
        const form = storedForm(row as Row);
        if (form.status !== 'review') throw problem('form_moved', { status: 409 });
        if (!maySign(ctx, form, row as Row)) throw forbidden('form_not_reviewer');
        await decideVersion(ctx, form, 'returned', input.reason);
        await step(ctx, row as Row, 'sendBack', {
          status: 'filling',
          filledBy: null,
          filledAt: null,
          returnReason: input.reason,
        });
        await tell(ctx, form, 'returned', [form.filledBy, form.owner], { reason: input.reason });
        return { done: true };
      },
    }),
    defineCommand({
      ...on,
      name: 'revise',
      summary: 'Take up a locked form again; the signed sheet is kept',
      input: z.strictObject({ reason }),
      async run(ctx, { rows: [row], input }) {
        const form = storedForm(row as Row);
        if (form.status !== 'locked') throw problem('form_moved', { status: 409 });
        if (!mayRevise(ctx, form, row as Row)) throw forbidden('form_not_yours');
        const nobody = { filledBy: null, filledAt: null, reviewedBy: null, reviewedAt: null };
        await step(ctx, row as Row, 'revise', { status: 'filling', returnReason: input.reason, ...nobody });
        return { done: true };
      },
    }),
  ];
}

const step = (ctx: Context, row: Row, action: string, set: Record<string, unknown>) =>
  decide(ctx, 'customerForm', [row], set, { action });

async function prepare(ctx: Context, form: StoredForm, row: Row): Promise<void> {
  await step(ctx, row, 'sign', { status: 'filling', preparedBy: ctx.principal.userId, preparedAt: ctx.now });
  await tell(ctx, form, 'fill', [form.filler]);
}

/** The sheet stays as it is now: whatever happens to the customers, what was signed does not change. */
async function handIn(services: Services, ctx: Context, form: StoredForm, row: Row): Promise<void> {
  // A form is of what its maker sees, whoever has filled it in.
  const maker =
    form.owner === ctx.principal.userId ? ctx : await standing(services, ctx, form.owner, 'form_owner_gone');
  const { filled, added, left } = await judgementsOf(ctx, form.id);
  const wish = { ...form, action: 'read' as const, added, left, filled };
  const sheet = await fillSheet(maker, wish);
  const holders = await holdersOf(await baseFor(maker, wish), sheet, kindOf(form.kind).sums ?? false);
  requireFiller(ctx, form, holders);
  if (form.reviewer) await requireReader(services, ctx, form, holders);
  const { rows, ...head } = sheet;
  const [{ companyName }, reach] = [await services.settings(), await reachWords(maker, form.reach)];
  const next = { ...form, round: form.round + 1 };
  await keepVersion(ctx, {
    form: form.id,
    round: next.round,
    head: { ...head, company: companyName, period: periodWords(ctx, form.period.text), reach },
    holders,
    rows,
    prepared_by: form.preparedBy,
    prepared_at: row.prepared_at as string | null,
  });
  const me = { filledBy: ctx.principal.userId, filledAt: ctx.now };
  await step(ctx, row, 'sign', { status: 'review', round: next.round, returnReason: null, ...me });
  await tell(ctx, next, 'review', [form.reviewer]);
}

async function lock(ctx: Context, form: StoredForm, row: Row): Promise<void> {
  const [version] = await versionsOf(ctx, form.id, form.round);
  requireCover(ctx, form.kind, version?.holders ?? []);
  await decideVersion(ctx, form, 'locked', null);
  await step(ctx, row, 'sign', { status: 'locked', reviewedBy: ctx.principal.userId, reviewedAt: ctx.now });
  await tell(ctx, form, 'locked', [form.owner, form.filledBy]);
}

/** The rights of another person, in this transaction. */
async function standing(services: Services, ctx: Context, id: string | null, gone: string): Promise<Context> {
  const found = await personContext(services, { id: id ?? '' }, { kind: 'system' }).catch(
    (error: unknown) => {
      if (error instanceof ProblemError) throw problem(gone, { status: 409 });
      throw error;
    },
  );
  return {
    ...found,
    db: ctx.db,
    now: ctx.now,
    principal: { ...found.principal, language: ctx.principal.language },
  };
}

/** Who hands it in answers for all of it: a part of it is filled in by whom it shows a part, and handed in by another. */
function requireFiller(ctx: Context, form: StoredForm, holders: Parameters<typeof requireCover>[2]): void {
  try {
    requireCover(ctx, form.kind, holders);
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'form_beyond_scope')
      throw forbidden('form_filler_blind');
    throw error;
  }
}

/** Who is to review has to be able to: he reads the form, and all it tells of. */
async function requireReader(
  services: Services,
  ctx: Context,
  form: StoredForm,
  holders: Parameters<typeof requireCover>[2],
): Promise<void> {
  const reviewer = await standing(services, ctx, form.reviewer, 'form_reviewer_blind');
  try {
    await readRecord(reviewer, 'customerForm', form.id);
    requireCover(reviewer, form.kind, holders);
  } catch (error) {
    if (error instanceof ProblemError) throw problem('form_reviewer_blind', { status: 409 });
    throw error;
  }
}
