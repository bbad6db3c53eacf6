import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import type { Draft } from '../../platform/entity/behaviour.ts';
import { changedFields } from '../../platform/entity/changed.ts';
import { isDecided } from '../../platform/entity/decided.ts';
import { partsChange } from '../../platform/entity/parts/check.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { usualLegalEntity } from '../legal/public.ts';

/** What two sides have agreed on: once it is in force it changes by an amendment, or not at all. */
export const AGREED = [
  'customer',
  'legalEntity',
  'performer',
  'date',
  'currency',
  'pricesIncludeTax',
  'deduction',
  'amount',
  'taxRate',
];

/** Refuses changes of what was agreed by anybody who simply edits the record. */
export function keepAgreed(
  ctx: Context,
  type: 'contract' | 'order',
  drafts: readonly Draft[],
  open: readonly string[],
): void {
  const entity = entityNamed(ctx.registry, type);
  if (isDecided(ctx)) return;
  for (const draft of drafts) {
    if (!draft.before || open.includes(draft.before.status as string)) continue;
    for (const { name } of changedFields(entity, draft))
      if (AGREED.includes(name)) draft.problems.push({ path: name, code: `${type}_agreed` });
    if (partsChange(entity, draft)) draft.problems.push({ path: 'lines', code: `${type}_agreed` });
  }
}

/** What nobody said: whose achievement it is, in whose name it is done, and what it is called. */
export async function fillOpen(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const fresh = drafts.filter(({ before }) => before === null);
  if (fresh.length === 0) return;
  const usual = fresh.some(({ values }) => values.legalEntity === undefined)
    ? await usualLegalEntity(ctx)
    : null;
  const people = await knownPeople(
    ctx,
    fresh.map(({ values }) => values.owner),
  );
  for (const { values } of fresh) {
    // An owner there is not is told with the owner.
    values.performer ??= people.has(values.owner) ? values.owner : ctx.principal.userId;
    if (values.legalEntity === undefined) values.legalEntity = usual;
  }
  await nameUnnamed(ctx, fresh);
}

async function knownPeople(ctx: Context, ids: readonly unknown[]): Promise<Set<unknown>> {
  const { userId } = ctx.principal;
  const others = [...new Set(ids)].filter((id) => typeof id === 'string' && id !== userId);
  if (others.length === 0) return new Set([userId]);
  const { rows } = await sql<{ id: string }>`select id from "user" where id = any(${others}::uuid[])`.execute(
    ctx.db,
  );
  return new Set([userId, ...rows.map(({ id }) => id)]);
}

/** Whether the caller may know the customer is checked where references are. */
async function nameUnnamed(ctx: Context, fresh: readonly Draft[]): Promise<void> {
  const unnamed = fresh.filter(({ values }) => !values.name);
  const ids = unnamed.map(({ values }) => values.customer).filter((id) => typeof id === 'string');
  if (ids.length === 0) return;
  const { rows } = await sql<{ id: string; name: string }>`select id, name from customer
    where id = any(${ids}::uuid[])`.execute(ctx.db);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  for (const { values } of unnamed)
    values.name = [names.get(values.customer as string), values.date].filter(Boolean).join(' ').slice(0, 200);
}
